"""Fine-tune MiniLM on the corpus. Seeded; two CPU cores are enough, a GPU is only faster."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from model.extract.tokens import Encoded
from training.encoder.examples import IGNORED, Example
from training.encoder.network import Heads, Tagger

logger = logging.getLogger(__name__)
_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to fit. ``layers`` keeps that many of the base's six."""

    base: Path
    layers: int = 6
    epochs: int = 4
    notes_per_step: int = 2
    banked_per_step: int = 20
    retyped: float = 0.5
    encoder_rate: float = 1e-4
    head_rate: float = 2e-3
    context_dropout: float = 0.15
    seed: int = 7


class Reader(nn.Module):
    """Encoder, heads and tagger together."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(settings.base, add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[: settings.layers]
        for parameter in self.encoder.embeddings.word_embeddings.parameters():
            parameter.requires_grad = False
        self.heads = Heads()
        self.tagger = Tagger()

    def states(self, encoded: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
        """Token states ``(segments, tokens, STATE)`` and their mask, in the order given."""
        width = max(len(item.ids) for item in encoded)
        ids = torch.zeros(len(encoded), width, dtype=torch.long)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, item in enumerate(encoded):
            ids[row, : len(item.ids)] = torch.tensor(item.ids)
            types[row, : len(item.ids)] = torch.tensor(item.types)
            mask[row, : len(item.ids)] = 1
        device = next(self.parameters()).device
        output = self.encoder(
            input_ids=ids.to(device),
            attention_mask=mask.to(device),
            token_type_ids=types.to(device),
        )
        return output.last_hidden_state, mask.to(device)


def fit(
    notes: Sequence[Sequence[Example]], banked: Sequence[Example], settings: Settings
) -> Reader:
    """A reader fitted on notes and banked segments.

    Args:
        notes: Each note as written, then its retyped variants; an epoch sees one of them.
        banked: Single segments and phrases.
        settings: How.
    """
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    reader = Reader(settings).to(device).train()
    groups = [
        {
            "params": [p for p in reader.encoder.parameters() if p.requires_grad],
            "lr": settings.encoder_rate,
        },
        {
            "params": [*reader.heads.parameters(), *reader.tagger.parameters()],
            "lr": settings.head_rate,
        },
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = settings.epochs * (-(-len(notes) // settings.notes_per_step))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [settings.encoder_rate, settings.head_rate],
        total_steps=steps + 1,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    shuffler = random.Random(settings.seed)  # noqa: S311 - not for secrets
    bank_order: list[Example] = []
    for epoch in range(settings.epochs):
        order = [_variant(own, shuffler, settings.retyped) for own in notes]
        shuffler.shuffle(order)
        losses = []
        for start in range(0, len(order), settings.notes_per_step):
            if len(bank_order) < settings.banked_per_step:
                bank_order = list(banked)
                shuffler.shuffle(bank_order)
            step = order[start : start + settings.notes_per_step]
            extra, bank_order = (
                bank_order[: settings.banked_per_step],
                bank_order[settings.banked_per_step :],
            )
            loss = _loss(reader, [*step, *extra], settings)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        logger.info("epoch fitted epoch=%d loss=%.4f", epoch + 1, float(np.mean(losses)))
    return reader.eval()


def _variant(own: Sequence[Example], chance: random.Random, share: float) -> Example:
    """The note as written, or in ``share`` of the epochs one of its variants."""
    return chance.choice(own[1:]) if len(own) > 1 and chance.random() < share else own[0]


def _loss(reader: Reader, examples: Sequence[Example], settings: Settings) -> Tensor:
    """The joint loss of one step; segments of all notes go through the encoder by length."""
    flat = [
        (number, place)
        for number, example in enumerate(examples)
        for place in range(len(example.encoded))
    ]
    flat.sort(key=lambda item: len(examples[item[0]].encoded[item[1]].ids))
    pooled: dict[tuple[int, int], Tensor] = {}
    states: dict[tuple[int, int], Tensor] = {}
    tag_losses: list[Tensor] = []
    for start in range(0, len(flat), 32):
        chunk = flat[start : start + _BATCH]
        with torch.autocast("cpu", torch.bfloat16):
            hidden, mask = reader.states([examples[n].encoded[p] for n, p in chunk])
            tags = reader.tagger(hidden)
        hidden = hidden.float()
        mean = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        gold = torch.full(tags.shape[:2], IGNORED, dtype=torch.long, device=tags.device)
        for row, key in enumerate(chunk):
            pooled[key], states[key] = mean[row], hidden[row]
            own = examples[key[0]].tags[key[1]]
            gold[row, : len(own)] = torch.from_numpy(own)
        if bool((gold != IGNORED).any()):
            tag_losses.append(
                functional.cross_entropy(
                    tags.float().flatten(0, 1),
                    gold.flatten(),
                    ignore_index=IGNORED,
                    reduction="sum",
                )
            )
    total = torch.zeros((), device=next(reader.parameters()).device)
    rows = sum(len(example.encoded) for example in examples)
    for number, example in enumerate(examples):
        segments, durations = read_heads(
            reader,
            example,
            torch.stack([pooled[number, p] for p in range(len(example.encoded))]),
            [states[number, p] for p in range(len(example.encoded))],
            context_dropout=settings.context_dropout,
        )
        targets = torch.from_numpy(example.segment_targets).to(segments.device)
        total = (
            total
            + functional.binary_cross_entropy_with_logits(segments, targets, reduction="sum") / rows
        )
        wanted = torch.from_numpy(example.duration_targets).to(segments.device)
        if len(wanted) and bool((wanted != IGNORED).any()):
            total = (
                total
                + 3.0
                * functional.cross_entropy(durations, wanted, ignore_index=IGNORED, reduction="sum")
                / rows
            )
    return total + sum(tag_losses, torch.zeros((), device=total.device)) / (2 * rows)


def read_heads(
    reader: Reader,
    example: Example,
    pooled: Tensor,
    states: Sequence[Tensor],
    *,
    context_dropout: float = 0.0,
) -> tuple[Tensor, Tensor]:
    """Segment and duration logits of one note from its encoded segments."""
    device = pooled.device
    inputs = torch.from_numpy(example.segment_inputs).to(device)
    if context_dropout and random.random() < context_dropout:  # noqa: S311 - not for secrets
        inputs = inputs.clone()
        inputs[:, -9:] = 0
    if example.durations:
        duration_states = torch.stack([states[s][list(t)].mean(0) for s, t in example.durations])
        places = torch.tensor([s for s, _ in example.durations], device=device)
    else:
        duration_states = pooled.new_zeros((0, pooled.shape[1]))
        places = torch.zeros(0, dtype=torch.long, device=device)
    segments, durations = reader.heads(
        pooled,
        inputs,
        duration_states,
        places,
        torch.from_numpy(example.duration_inputs).to(device),
    )
    return segments, durations


@torch.no_grad()
def predict(reader: Reader, example: Example) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Segment probabilities, duration probabilities and token tag probabilities of one note."""
    pooled: list[Tensor] = []
    states: list[Tensor] = []
    tags: list[np.ndarray] = []
    for start in range(0, len(example.encoded), _BATCH):
        with torch.autocast("cpu", torch.bfloat16):
            hidden, mask = reader.states(example.encoded[start : start + _BATCH])
            logits = reader.tagger(hidden)
        hidden = hidden.float()
        pooled.append((hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True))
        states.extend(hidden)
        batch = example.encoded[start : start + _BATCH]
        chances = functional.softmax(logits.float(), -1).cpu().numpy()
        tags.extend(row[: len(item.ids)] for row, item in zip(chances, batch, strict=True))
    segments, durations = read_heads(reader, example, torch.cat(pooled), states)
    return torch.sigmoid(segments).numpy(), functional.softmax(durations, -1).numpy(), tags
