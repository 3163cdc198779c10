"""Trains the net to write word pieces, each near the time at which it begins to sound.

The loss is that of connectionist temporal classification (Graves and others, 2006), whose
alignments are kept near the times that the synthesiser gives: the times of words are true then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, ctc_loss

from models.sherpa.corpus import Utterance
from models.sherpa.fbank import BANDS
from models.sherpa.net import AHEAD, BEHIND, STRIDE, EncoderNet
from models.sherpa.pieces import BLANK
from models.sherpa.transducer import TransducerHead, context, places
from models.tiny.mfcc import HOP, RATE

SECONDS = STRIDE * HOP / RATE
"""Of one output."""
_BATCH = 16
_PEAK_RATE = 3e-3
_LEVEL_JITTER = 0.7
"""Standard deviation of what is added to all energies of an utterance: its loudness."""
_EARLIEST, _LATEST = -1, 4
"""Outputs before and after a piece's beginning between which it may be written."""
_OUT_OF_TIME = 8.0
"""Nats that another time costs; not more, so that some alignment always exists."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far training has come after an epoch."""

    epoch: int
    loss: float
    head_loss: float
    """Of the CTC model and of the transducer, in nats per piece."""


class TinyNet(nn.Module):
    """The encoder, the layer that tells which piece begins at each output, and the transducer's."""

    def __init__(self, width: int, tokens: int) -> None:
        super().__init__()
        self.encoder = EncoderNet(width)
        self.output = nn.Linear(width, tokens)
        self.head = TransducerHead(width, tokens)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return the encoder's outputs, and [batch, outputs in time, tokens] log-probabilities."""
        hidden: Tensor = self.encoder(features)
        return hidden, torch.log_softmax(self.output(hidden), dim=2)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some utterances of like length."""

    features: Tensor
    """[batch, frames, 80] with what the net sees before the first and after the last."""
    outputs: Tensor
    """[batch]: how many outputs each utterance has."""
    tokens: Tensor
    """[batch, tokens], padded with blanks."""
    counts: Tensor
    """[batch]: how many tokens each utterance has."""
    late: Tensor
    """[batch, outputs, tokens]: 0 where a token may be written, 1 where it is out of its time."""


def train(
    corpus: Sequence[Utterance],
    tokens: int,
    *,
    width: int,
    epochs: int,
    seed: int,
    report: Callable[[Progress], None],
    begun: TinyNet | None = None,
) -> TinyNet:
    """Return a net trained on a corpus, on one thread; `report` is called after every epoch.

    `begun` is a net to go on with. The same corpus and seed give the same net on the same machine
    and build of torch.
    """
    # Two threads on two busy cores spin for each other: five times slower than one.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    net = begun or _new_net(corpus, width, tokens)
    steps = epochs * -(-len(corpus) // _BATCH) + 1
    optimiser = torch.optim.AdamW(net.parameters(), _PEAK_RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _PEAK_RATE, total_steps=steps, pct_start=0.15
    )
    chance = np.random.default_rng(seed)
    for epoch in range(epochs):
        net.train()
        total, total_head, pieces = 0.0, 0.0, 0
        for batch in batches(corpus, tokens, chance):
            hidden, scores = net(batch.features)
            of_ctc = timed_loss(scores, batch)
            of_head = written_loss(net.head, hidden, of_ctc.drawn, batch, chance)
            optimiser.zero_grad()
            (of_ctc.loss + of_head).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            count = int(batch.counts.sum())
            total += of_ctc.nats
            total_head += float(of_head.detach()) * count
            pieces += count
        report(Progress(epoch + 1, total / max(pieces, 1), total_head / max(pieces, 1)))
    net.eval()
    return net


def _new_net(corpus: Sequence[Utterance], width: int, tokens: int) -> TinyNet:
    net = TinyNet(width, tokens)
    some = np.concatenate([each.features[::37] for each in corpus]).astype(np.float32)
    net.encoder.mean.copy_(torch.from_numpy(some.mean(axis=0))[:, None])
    net.encoder.scale.copy_(torch.from_numpy(1 / some.std(axis=0))[:, None])
    return net


def batches(
    corpus: Sequence[Utterance], tokens: int, chance: np.random.Generator
) -> Iterator[Batch]:
    """Yield all utterances in an order drawn by chance, each moved by up to three frames."""
    lengths = np.array([len(each.features) for each in corpus])
    order = np.argsort(lengths + chance.uniform(0, 60, len(corpus)))
    groups = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
    for number in chance.permutation(len(groups)):
        yield _batch([corpus[index] for index in groups[number]], tokens, chance)


def _batch(utterances: Sequence[Utterance], tokens: int, chance: np.random.Generator) -> Batch:
    moved = chance.integers(0, STRIDE, len(utterances))
    outputs = [
        (len(it.features) + int(by)) // STRIDE for it, by in zip(utterances, moved, strict=True)
    ]
    most, longest = max(outputs), max(1, *(len(it.tokens) for it in utterances))
    features = np.zeros((len(utterances), BEHIND + most * STRIDE + AHEAD, BANDS), np.float32)
    written = np.full((len(utterances), longest), BLANK, np.int64)
    late = np.ones((len(utterances), most, tokens), np.float32)
    late[:, :, BLANK] = 0
    for number, (it, by) in enumerate(zip(utterances, moved, strict=True)):
        first = BEHIND + int(by)
        heard = it.features[: features.shape[1] - first].astype(np.float32)
        louder = heard + chance.normal(0.0, _LEVEL_JITTER)
        features[number, first : first + len(heard)] = np.where(heard > 0, louder, 0).clip(0)
        written[number, : len(it.tokens)] = it.tokens
        begins = np.round((it.begins + int(by) * HOP / RATE) / SECONDS).astype(int)
        for token, begin in zip(it.tokens, begins, strict=True):
            late[number, max(begin + _EARLIEST, 0) : begin + _LATEST, token] = 0
    counts = torch.tensor([len(it.tokens) for it in utterances])
    return Batch(
        torch.from_numpy(features),
        torch.tensor(outputs),
        torch.from_numpy(written),
        counts,
        torch.from_numpy(late),
    )


@dataclass(frozen=True, slots=True)
class TimedLoss:
    """The loss of a batch."""

    loss: Tensor
    """To minimise; per piece."""
    nats: float
    """What it stands for, of all pieces."""
    drawn: Tensor
    """[batch, outputs, tokens]: the chances of each token over all alignments near the times."""


def timed_loss(scores: Tensor, batch: Batch) -> TimedLoss:
    """Return the CTC loss with alignments near the given times only.

    Their chances are taken as they are now; the net is drawn to them by cross-entropy, whose
    gradient is that of the loss itself.
    """
    near = (scores.detach() - _OUT_OF_TIME * batch.late).requires_grad_()
    nats = ctc_loss(near.transpose(0, 1), batch.tokens, batch.outputs, batch.counts, BLANK, "sum")
    (slope,) = torch.autograd.grad(nats, near)
    # The slope is that of scores which sum to one: what is drawn to is what it leaves.
    mask = torch.arange(scores.shape[1])[None, :] < batch.outputs[:, None]
    drawn = (near.detach().exp() - slope) * mask[:, :, None]
    loss = -(drawn * scores).sum() / max(int(batch.counts.sum()), 1)
    return TimedLoss(loss, float(nats.detach()), drawn)


def written_loss(
    head: TransducerHead, hidden: Tensor, drawn: Tensor, batch: Batch, chance: np.random.Generator
) -> Tensor:
    """Return the loss per piece of a transducer that writes each piece where CTC would."""
    due, before = [], []
    for number, count in enumerate(batch.counts.tolist()):
        written = places(drawn[number].numpy(), batch.tokens[number, :count].numpy())
        due.append(written)
        before.append(context(written, drawn.shape[2], chance))
    scores = head(hidden, torch.from_numpy(np.stack(before)))
    wanted = torch.from_numpy(np.stack(due))
    loss = cross_entropy(scores.flatten(0, 1), wanted.flatten(), reduction="sum")
    return loss / max(int(batch.counts.sum()), 1)


def spikes(scores: npt.NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Yield the output and the token of everything that a greedy search writes."""
    before = BLANK
    for at, token in enumerate(scores.argmax(axis=1)):
        if token not in (BLANK, before):
            yield at, int(token)
        before = int(token)
