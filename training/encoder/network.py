"""One encoder, three heads: segments in context, durations, diagnosis mentions."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from model.extract.inputs import DURATION_WIDTH, SEGMENT_WIDTH
from training.encoder.examples import TAGS
from training.targets import DURATION_LABELS, SEGMENT_LABELS

STATE = 384
CONTEXT = 128
RARE = -4.0


@dataclass(frozen=True, slots=True)
class Outputs:
    """Logits of one note."""

    segments: Tensor
    durations: Tensor


class Heads(nn.Module):
    """What is read from one note's pooled segments, all of them together.

    A two-way recurrent layer over the segments lets a heading line such as "Neuro x14" speak for
    the bullets below it.
    """

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        width = STATE + SEGMENT_WIDTH
        self.project = nn.Linear(width, 256)
        self.context = nn.GRU(256, CONTEXT, batch_first=True, bidirectional=True)
        self.segments = nn.Linear(width + 2 * CONTEXT, len(SEGMENT_LABELS))
        self.duration_hidden = nn.Linear(2 * STATE + 2 * CONTEXT + DURATION_WIDTH, 256)
        self.durations = nn.Linear(256 + DURATION_WIDTH, len(DURATION_LABELS))
        self.dropout = nn.Dropout(dropout)
        # Labels are rare: starting at their odds spares the first epochs learning just that.
        nn.init.constant_(self.segments.bias, RARE)

    def forward(
        self,
        pooled: Tensor,
        segment_inputs: Tensor,
        duration_states: Tensor,
        duration_segments: Tensor,
        duration_inputs: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Logits ``(segments, labels)`` and ``(durations, labels)`` of one note."""
        own = self.dropout(torch.cat([pooled, segment_inputs], dim=1))
        around, _ = self.context(torch.relu(self.project(own)).unsqueeze(0))
        around = self.dropout(around.squeeze(0))
        segments = self.segments(torch.cat([own, around], dim=1))
        joined = torch.cat(
            [
                self.dropout(duration_states),
                pooled[duration_segments],
                around[duration_segments],
                duration_inputs,
            ],
            dim=1,
        )
        hidden = self.dropout(torch.relu(self.duration_hidden(joined)))
        return segments, self.durations(torch.cat([hidden, duration_inputs], dim=1))


class Tagger(nn.Module):
    """A diagnosis tag for every token."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(STATE, len(TAGS))

    def forward(self, states: Tensor) -> Tensor:
        """Logits ``(..., tags)`` of token states ``(..., STATE)``."""
        logits: Tensor = self.tags(self.dropout(states))
        return logits
