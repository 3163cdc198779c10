"""Trains the acoustic net to tell the phones of a corpus."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import nll_loss

from models.tiny.corpus import Corpus
from models.tiny.net import LEFT, RIGHT, STRIDE, AcousticNet

_SPAN = 120
"""Frames that one training example decides on: 40 outputs."""
_BATCH = 32
_PEAK_RATE = 4e-3
_DROPOUT = 0.05
_LEVEL_JITTER = 2.0
"""Standard deviation of what is added to an example's first cepstrum, which is its loudness."""
_PRIOR_FLOOR = 100.0
"""Frames that every phone is taken to have had beside those it had."""
_NOT_SCORED = -100


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained net."""

    net: AcousticNet
    priors: npt.NDArray[np.float64]
    """[phones]: the share of each among all frames."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far training has come after an epoch."""

    epoch: int
    loss: float
    """In nats per output."""
    accuracy: float
    """The share of outputs on which the net names the right phone."""


def train(
    corpus: Corpus,
    phones: int,
    *,
    width: int,
    epochs: int,
    seed: int,
    report: Callable[[Progress], None],
) -> Trained:
    """Return a net trained on a corpus, on one thread; `report` is called after every epoch.

    The same corpus and seed give the same net on the same machine and build of torch.
    """
    # Two threads on two busy cores spin for each other: five times slower than one.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    examples = _Examples(corpus)
    net = AcousticNet(corpus.features.shape[1], phones, width)
    some = corpus.features[::37].astype(np.float32)
    net.mean.copy_(torch.from_numpy(some.mean(axis=0)))
    net.scale.copy_(torch.from_numpy(1 / some.std(axis=0)))
    optimiser = torch.optim.AdamW(net.parameters(), _PEAK_RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _PEAK_RATE, total_steps=epochs * examples.batches + 1, pct_start=0.15
    )
    chance = np.random.default_rng(seed)
    for epoch in range(epochs):
        net.train()
        loss_sum, right, scored = 0.0, 0, 0
        for chosen in examples.epoch(chance):
            features, targets = examples.batch(chosen, chance)
            scores = net(features, _DROPOUT).reshape(-1, phones)
            loss = nll_loss(scores, targets, ignore_index=_NOT_SCORED)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            counted = targets != _NOT_SCORED
            count = int(counted.sum())
            loss_sum += loss.item() * count
            right += int(((scores.argmax(dim=1) == targets) & counted).sum())
            scored += count
        report(Progress(epoch + 1, loss_sum / scored, right / scored))
    net.eval()
    counts = np.bincount(corpus.labels, minlength=phones) + _PRIOR_FLOOR
    return Trained(net, counts / counts.sum())


class _Examples:
    """Pieces of a corpus of 1.2 s, with the frames around them that the net sees as well."""

    def __init__(self, corpus: Corpus) -> None:
        self._features = torch.from_numpy(corpus.features)
        self._labels = corpus.labels
        ends = np.cumsum(corpus.lengths)
        begins = ends - corpus.lengths
        pieces = [np.arange(begin, end, _SPAN) for begin, end in zip(begins, ends, strict=True)]
        self._starts = np.concatenate(pieces)
        counts = [len(piece) for piece in pieces]
        self._first = np.repeat(begins, counts)
        self._past = np.repeat(ends, counts)
        self.batches = len(self._starts) // _BATCH

    def epoch(self, chance: np.random.Generator) -> npt.NDArray[np.int64]:
        """Return [batches, 32] numbers of examples, in an order drawn by chance."""
        order = chance.permutation(len(self._starts))[: self.batches * _BATCH]
        return order.reshape(self.batches, _BATCH)

    def batch(
        self, chosen: npt.NDArray[np.int64], chance: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return [32, frames, 40] features and [32 x 40] phones, each moved by up to two frames."""
        starts = self._starts[chosen] + chance.integers(0, STRIDE, len(chosen))
        first, past = self._first[chosen, None], self._past[chosen, None]
        # Kaldi repeats an utterance's first and last frame around it.
        seen = np.clip(starts[:, None] + np.arange(-LEFT, _SPAN + RIGHT), first, past - 1)
        features = self._features[torch.from_numpy(seen)].float()
        jitter = chance.normal(0.0, _LEVEL_JITTER, (len(chosen), 1)).astype(np.float32)
        features[:, :, 0] += torch.from_numpy(jitter)
        decided = starts[:, None] + np.arange(0, _SPAN, STRIDE)
        targets = self._labels[np.minimum(decided, past - 1)].astype(np.int64)
        targets[decided >= past] = _NOT_SCORED
        return features, torch.from_numpy(targets.reshape(-1))
