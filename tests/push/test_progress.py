"""What a broadcast's page says adds up, in every state and for all counters."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from composer.models import Template, Version
from push import books, outcomes, schedule
from push.broadcasts import PARTS, Tally
from push.models import Broadcast
from push.progress import Progress

State = Broadcast.State
NOW = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
VERSION = Version(pk=1, template=Template(pk=1, name="歡迎"), number=1, payload={"type": "text"})
REASONS = ["", "no_worker", "no_answers", "unreachable", "throttled", "token_refused"]
ON_TIME = st.none() | st.integers(-7_200, 7_200).map(lambda s: NOW + timedelta(seconds=s))


@st.composite
def counted(draw, waves, wave, state, because):
    """Counters as the engine leaves them: all of the later batches wait."""
    audience = draw(st.integers(0, 3_000))
    opened = min(audience, sum(waves[: wave + 1])) if wave < len(waves) else audience
    later = audience - opened
    names = list(PARTS)
    if state in (State.SCHEDULED, State.EXPANDING):
        names = ["waiting"]
    elif state == State.DONE or because == books.WAVE:
        names = ["sent", "held", "failed", "uncertain", "cancelled"]
    if state == State.DONE:
        opened, later = audience, 0
    cuts = sorted(draw(st.integers(0, opened)) for _name in names[1:])
    sizes = [end - begin for begin, end in zip([0, *cuts], [*cuts, opened], strict=True)]
    parts = dict.fromkeys(PARTS, 0) | dict(zip(names, sizes, strict=True))
    parts["waiting"] += later
    return Tally(audience=audience, **parts)


@st.composite
def situations(draw):
    state = draw(st.sampled_from(list(State)))
    waves = draw(st.just([]) | st.lists(st.integers(1, 900), min_size=1, max_size=4))
    wave = draw(st.integers(0, len(waves)))
    pauses = ["", "試試看", "run_of_failures", schedule.LATE]
    pauses += [books.WAVE] if wave < len(waves) else []
    because = draw(st.sampled_from(pauses)) if state == State.PAUSED else ""
    if state == State.CANCELLED:
        because = draw(st.sampled_from(["", "internal_error"]))
    tally = draw(counted(waves, wave, state, because))
    if because == books.WAVE and not tally.waiting:
        because = ""
    is_prepared = state not in (State.SCHEDULED, State.EXPANDING)
    started_at = NOW - timedelta(seconds=draw(st.integers(0, 90_000))) if is_prepared else None
    ended = state in (State.DONE, State.CANCELLED)
    broadcast = Broadcast(
        pk=7,
        version=VERSION,
        channel="line",
        state=state,
        paused_because=because,
        waves=waves,
        wave=wave,
        size=tally.audience,
        expand_until=5 if state != State.SCHEDULED else None,
        expanded_to=5 if is_prepared else 0,
        rate_per_minute=draw(st.none() | st.integers(1, 5_000)),
        start_at=NOW + timedelta(hours=1) if state == State.SCHEDULED else None,
        not_before=draw(ON_TIME),
        not_after=draw(ON_TIME),
        keeps_quiet_hours=draw(st.booleans()),
        held_again_at=draw(ON_TIME),
        started_at=started_at,
        finished_at=draw(st.just(NOW)) if ended else None,
        created_at=NOW - timedelta(days=2),
    )
    moves = state in (State.SCHEDULED, *schedule.MOVING)
    return Progress(
        broadcast,
        tally,
        NOW,
        lately=draw(st.none() | st.integers(0, 100_000)) if state == State.RUNNING else None,
        because=draw(st.sampled_from(REASONS)) if moves else "",
    )


@given(situations())
def test_the_numbers_of_a_page_add_up(progress):
    tally, broadcast = progress.tally, progress.broadcast
    counts = [part.count for part in progress.parts]

    assert sum(counts) == tally.audience
    assert min([*counts, progress.later, progress.waves.coming, progress.undecided]) >= 0
    assert progress.waves.coming + progress.later == tally.waiting
    assert 0 <= progress.pace <= progress.limit
    assert min(progress.left, progress.elapsed) >= timedelta()
    assert (progress.percent == 100) == (tally.sent == tally.audience > 0)
    on_its_way = tally.sent + tally.uncertain + tally.sending
    assert on_its_way + progress.never_sent == tally.audience
    if progress.has_time_left:
        assert broadcast.state == State.RUNNING
        assert (progress.because, progress.opens_at) == ("", None)
        assert progress.waves.coming + tally.sending > 0
        assert broadcast.not_after is None or progress.done_at <= broadcast.not_after
    if progress.because or progress.opens_at:
        assert progress.pace == 0


def draw_page(progress):
    context = {
        "broadcast": progress.broadcast,
        "progress": progress,
        "tally": progress.tally,
        "chart": None,
        "paused_because": outcomes.reason_text(progress.broadcast.paused_because),
        "tokens_aside": [],
    }
    return render_to_string("push/_broadcast_run.html", context)


def sentences(page):
    found = re.findall(r'<p class="next"[^>]*>(.*?)</p>', page, re.DOTALL)
    return " ".join(strip_tags(" ".join(found)).split())


@pytest.mark.parametrize(
    ("language", "nobody", "time_left", "everyone"),
    [
        ("en", r"these 0\b|\bother 0\b", "Time left", "Sent to everyone"),
        ("zh-hant", r"這 0 位|另外 0 位", "還要", "已全部送出"),
    ],
)
@given(progress=situations())
def test_the_sentences_of_a_page_say_what_its_numbers_say(
    progress, language, nobody, time_left, everyone
):
    with translation.override(language):
        page = draw_page(progress)

    tally, said = progress.tally, sentences(page)
    shown = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", said)}
    allowed = {part.count for part in progress.parts} | {
        tally.audience,
        progress.waves.coming,
        progress.later,
        progress.never_sent,
        progress.undecided,
    }
    assert shown - allowed - times(progress) == set()
    assert not re.search(nobody, said)
    assert not re.search(r"[-−]\d", said.replace("do-not", ""))
    assert (time_left in page) == progress.has_time_left
    assert not (everyone in said and not tally.is_all_sent)
    big = re.search(r'<p class="big"><b>([\d,]+)</b>', page)[1]
    assert int(big.replace(",", "")) == tally.sent


def times(progress):
    """Numbers that are hours, of quiet ones and their end."""
    hours = [progress.quiet_hours, f"{progress.opens_at:%H:%M}" if progress.opens_at else ""]
    local = progress.opens_at and progress.opens_at + timedelta(hours=8)
    hours.append(f"{local:%H:%M}" if local else "")
    return {int(number) for words in hours for number in re.findall(r"\d+", words)}


def make(state, *, waves=(), wave=0, because="", paused="", **counts):
    tally = Tally(audience=sum(counts.values()), **counts)
    is_prepared = state not in (State.SCHEDULED, State.EXPANDING)
    broadcast = Broadcast(
        pk=7,
        version=VERSION,
        channel="line",
        state=state,
        paused_because=paused,
        waves=list(waves),
        wave=wave,
        expand_until=5,
        expanded_to=5 if is_prepared else 0,
        started_at=NOW - timedelta(minutes=5) if is_prepared else None,
        finished_at=NOW if state in (State.DONE, State.CANCELLED) else None,
        created_at=NOW - timedelta(minutes=6),
        held_again_at=NOW if counts.get("held") else None,
    )
    return Progress(broadcast, tally, NOW, because=because)


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (make(State.EXPANDING, waiting=9), "Getting ready: 9 contacts are in so far."),
        (make(State.RUNNING, sent=3, waiting=9), "Exactly these 9 come next"),
        (make(State.RUNNING, sent=3, sending=2), "The last 2 messages are on their way"),
        (
            make(State.RUNNING, waves=[3], sent=2, sending=1, waiting=43),
            "43 contacts are in later batches, which start when you say so.",
        ),
        (
            make(State.RUNNING, waves=[5, 9], sent=2, waiting=43),
            "Exactly these 3 come next; nobody gets it twice. The other 40 are in later batches.",
        ),
        (
            make(State.PAUSED, waves=[3, 9], paused=books.WAVE, sent=3, waiting=43),
            "exactly these 9 come next",
        ),
        (make(State.PAUSED, sent=3, held=1), "Nothing waits to be sent. Resume to finish it."),
        (
            make(State.PAUSED, sent=3, sending=2, waiting=4),
            "2 messages had left before the pause and wait for their answers.",
        ),
        (make(State.CANCELLED, cancelled=12), "before the first message left: nobody got it."),
        (make(State.CANCELLED, waiting=12), "before the first message left: nobody got it."),
        (
            make(State.CANCELLED, sent=3, uncertain=2, sending=1, waiting=4, cancelled=5),
            "3 sent before that, 9 not sent. 1 had left already and waits for its answer. "
            "2 uncertain: resolve them below.",
        ),
        (make(State.DONE, sent=281, held=19), "19 are talking with an agent"),
        (make(State.DONE, sent=3, cancelled=2), "3 sent. Left out after it began: 2."),
        (make(State.DONE, sent=3), "Sent to everyone."),
        (make(State.DONE, failed=12), "12 need a look"),
        (make(State.DONE), "Nobody was left in the audience"),
        (make(State.RUNNING, because="no_worker", waiting=4), "background worker is not running"),
        (make(State.RUNNING, because="no_answers", sending=4), "FIRST LINE is not answering."),
        (make(State.RUNNING, because="unreachable", waiting=4), "could not be reached"),
    ],
)
def test_each_state_has_its_sentence(progress, said):
    assert said in sentences(draw_page(progress))


def test_percent_is_of_what_was_sent():
    held, taken_back = make(State.DONE, sent=281, held=19), make(State.CANCELLED, cancelled=12)
    silent = make(State.RUNNING, sent=5, waiting=5, because="no_worker")

    assert [held.percent, taken_back.percent] == [93, 0]
    assert held.announcement == "Finished, 90 percent sent"
    assert "50 percent sent. The background worker is not running" in silent.announcement
    assert "<b>0</b><span>of 12 sent</span>" in draw_page(taken_back)
