"""The builder of the tiny streaming models for sherpa-onnx, for tests; it needs torch and onnx."""
