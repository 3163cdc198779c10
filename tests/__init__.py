"""The tests of callcoach; they mirror `src/callcoach`."""
