"""The site's database: what it takes, what it finds, what it forgets; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from sinks.ledger.database import writing
from sinks.site.library import open_site
from sinks.site.store.criteria import Criteria, Place, Sort
from sinks.site.store.entries import public_id
from sinks.site.store.finding import Found, find
from sinks.site.store.reading import last_turn, listed, one, since, suggestions
from sinks.site.store.schema import prepare
from streams.domain.errors import StalePositionError
from streams.domain.stages import Action, Kind, SubjectClass
from streams.records import spans_of
from tests.sinks.site.conftest import GROUP, SECRET, T0, TOPIC, Filled, penalty, person


def search(store: Filled, words: str = "", sort: Sort = Sort.RELEVANCE, **filters: Any) -> Found:
    """Return the first page of a search."""
    found: Found = store.ask(find, Criteria(text=words, **filters), sort, Place(), 20)
    return found


def names(found: Found) -> list[str]:
    """Return the subjects of a page."""
    return [decision.subject for decision in found.decisions]


def page_of(store: Filled, event: Any) -> Any:
    """Return what stands on the page of an event's decision."""
    return store.ask(one, public_id(event.key, SECRET))


def test_a_company_is_found_by_a_part_of_its_name(store: Filled) -> None:
    """济南鲁味斋食品有限公司 is found by 鲁味斋, by one character, by parts in any order, and not by 鲁斋."""
    store.take(penalty(1), penalty(2, values={"CF_XDR_MC": "济南鲁味斋食品有限公司"}), penalty(3))
    for words in ("鲁味斋", "斋", "食品 鲁味", "济南鲁味斋食品有限公司", "味斋食"):
        assert names(search(store, words)) == ["济南鲁味斋食品有限公司"], words
    assert names(search(store, "鲁斋")) == []
    assert search(store, "鲁味斋").phrases[0].run == "鲁味斋"


def test_a_name_weighs_more_than_a_text(store: Filled) -> None:
    """What stands in a subject's name comes before what stands in another decision's facts."""
    store.take(
        penalty(1, values={"CF_XDR_MC": "泉城酱园有限公司"}),
        penalty(2, values={"CF_SY": "从泉城酱园购进，数量不明。" + "其余事实从略。" * 40}),
    )
    assert names(search(store, "泉城酱园"))[0] == "泉城酱园有限公司"


def test_numbers_and_codes_are_found_exactly(store: Filled) -> None:
    """A document number in any writing, and a code, find their decisions and nothing else."""
    store.take(*(penalty(number) for number in (1, 11, 111)))
    for words in ("济市监罚〔2026〕11号", "济市监罚[2026]11号", " 济市监罚(2026)11号 "):
        assert names(search(store, words)) == ["济南样例11号商贸有限公司"]
    assert len(search(store, "91370102yx0000374u").decisions) == 3
    assert search(store, "91370102YX00003740").count == 0


def test_filters_narrow(store: Filled) -> None:
    """Kind, authority, item, class, days and amounts each leave what they say, also beside a text."""
    store.take(
        penalty(1),
        penalty(2, values={"CF_CFLB": "警告、罚款", "CF_NR_FK": Decimal(5)}),
        penalty(3, decided_on=date(2026, 1, 5), item="other", department_code="x"),
    )
    for filters, wanted in (
        ({"category": "警告"}, [2]),
        ({"category": "罚款"}, [3, 2, 1]),
        ({"category": "款"}, []),
        ({"until": date(2026, 2, 1)}, [3]),
        ({"since": date(2026, 2, 1)}, [2, 1]),
        ({"authority": "x"}, [3]),
        ({"item": "other"}, [3]),
        ({"least": 1_000_000}, [2]),
        ({"most": 1_000_000}, [3, 1]),
        ({"kind": Kind.LICENCE}, []),
    ):
        wanted_names = [f"济南样例{number}号商贸有限公司" for number in wanted]
        assert names(search(store, **filters)) == wanted_names
        assert sorted(names(search(store, "商贸", **filters))) == sorted(wanted_names)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("words", ["", "商贸"])
def test_pages_leave_nothing_out(store: Filled, sort: Sort, words: str) -> None:
    """Going on to the end and back shows every decision once, and the last page is reached at once."""
    store.take(*(penalty(n, values={"CF_NR_FK": Decimal(n % 3 + 1)}) for n in range(1, 24)))
    criteria = Criteria(text=words)
    page = store.ask(find, criteria, sort, Place(), 5)
    ends, forward = page.last, [decision.id for decision in page.decisions]
    while page.after is not None:
        page = store.ask(find, criteria, sort, page.after, 5)
        forward += [decision.id for decision in page.decisions]
    assert (len(forward), len(set(forward))) == (23, 23)
    page = store.ask(find, criteria, sort, ends, 5)
    assert page.after is None
    assert page.decisions[-1].id == forward[-1]
    seen = len(page.decisions)
    while page.before is not None:
        page = store.ask(find, criteria, sort, page.before, 5)
        seen += len(page.decisions)
    assert seen == 23


def test_a_correction_replaces_and_is_told(store: Filled) -> None:
    """After a correction the old words find nothing, and the history names the column and the reason."""
    first = penalty(1, values={"CF_SY": "原文有误。"})
    store.take(first)
    store.take(penalty(1, revision=2, action=Action.CORRECT, reason="笔误", values={"CF_SY": "已改为准。"}))
    assert search(store, "原文有误").count == 0
    assert search(store, "已改为准").count == 1
    decision, history = page_of(store, first)
    assert decision.columns["CF_SY"] == "已改为准。"
    assert [(step.action, step.changed, step.reason) for step in history] == [
        (Action.CORRECT, ("CF_SY",), "笔误"),
        (Action.PUBLISH, (), ""),
    ]
    assert decision.first_seen == T0


def test_of_a_withdrawn_decision_nothing_is_left(store: Filled) -> None:
    """It stays under its number with day and reason; name, texts, words and history are gone."""
    gone = penalty(1, values={"CF_XDR_MC": "济南鲁味斋食品有限公司"})
    store.take(gone)
    store.take(replace(gone, revision=2, action=Action.WITHDRAW, reason="法院判决撤销"))
    decision, history = page_of(store, gone)
    assert (decision.withdrawn, decision.number, decision.reason) == (
        True,
        "济市监罚〔2026〕1号",
        "法院判决撤销",
    )
    assert (decision.subject, decision.authority, decision.columns, history) == ("", "", {}, ())
    assert (
        search(store, "鲁味斋").count == search(store).count == search(store, "91370102YX0000374U").count == 0
    )
    assert search(store, "济市监罚〔2026〕1号").decisions == (decision,)
    store.take(replace(gone, revision=3))
    assert names(search(store, "鲁味斋")) == ["济南鲁味斋食品有限公司"]


def test_old_and_repeated_revisions_change_nothing(store: Filled) -> None:
    """Whatever comes after a newer revision, or twice, leaves everything as it is."""
    store.take(penalty(1, revision=5, values={"CF_SY": "新的。"}))
    before = store.ask(last_turn)
    store.take(penalty(1, revision=4), penalty(1, revision=5), penalty(1, revision=4, action=Action.WITHDRAW))
    assert store.ask(last_turn) == before
    assert search(store, "新的").count == 1


def test_a_batch_is_taken_once(store: Filled) -> None:
    """The position stands with the rows: the same batch again is refused as stale, and nothing doubles."""
    records = store.take(penalty(1), penalty(2))
    with pytest.raises(StalePositionError):
        store.taker.apply(records, spans_of(records))
    assert store.taker.positions([(TOPIC, 0)]) == {(TOPIC, 0): 2}
    assert search(store).count == 2


def test_natural_persons_are_found_by_their_whole_name_only(store: Filled) -> None:
    """No fragment of a name finds a person, not even in the texts; whole name and number do."""
    store.take(person(), penalty(2), penalty(3, values={"CF_SY": "法定代表人梁承志在场。"}))
    for fragment in ("欧阳", "立秋", "欧阳立", "欧", "当事人欧阳立秋未经许可", "梁承", "梁承志"):
        assert search(store, fragment).count == 0, fragment
    assert names(search(store, "欧阳立秋")) == ["欧阳立秋"]
    assert names(search(store, "济市监罚〔2026〕50号")) == ["欧阳立秋"]
    assert store.ask(suggestions, "欧阳", 8) == ()
    assert len(store.ask(listed, after=0, limit=10)) == 2


def test_suggestions_are_names_of_companies(store: Filled) -> None:
    """What is typed is found in names only, each name once, the newest first."""
    store.take(*(penalty(n) for n in (1, 2, 3)), penalty(3, revision=2, values={"CF_SY": "样例"}))
    assert store.ask(suggestions, "样例3", 8) == ("济南样例3号商贸有限公司",)
    assert store.ask(suggestions, "广告", 8) == ()
    assert len(store.ask(suggestions, "商贸", 2)) == 2


def test_two_of_one_millisecond_both_stand(store: Filled) -> None:
    """Decisions that arrive in the same millisecond get numbers of their own, whatever their names."""
    store.take(*(penalty(n) for n in range(1, 240)), at=T0)
    store.take(*(penalty(n) for n in range(240, 480)), at=T0)
    assert search(store).count == 479


def test_what_was_in_time_is_known_only_from_a_first_publication(store: Filled) -> None:
    """Timeliness is told from the first publication; a correction that compaction left alone tells none."""
    store.take(penalty(1), penalty(2, action=Action.CORRECT))
    store.take(penalty(3), at=T0 + timedelta(days=40))
    assert {d.number: d.timely for d in search(store).decisions} == {
        "济市监罚〔2026〕1号": True,
        "济市监罚〔2026〕2号": None,
        "济市监罚〔2026〕3号": False,
    }


def test_what_is_new_is_told_in_order(store: Filled) -> None:
    """Changes have rising turns, so that a page knows what it has not shown yet."""
    store.take(penalty(1), penalty(2))
    turn = store.ask(last_turn)
    store.take(penalty(3), penalty(1, revision=2, action=Action.CORRECT))
    assert [d.number for d in store.ask(since, turn, 10)] == ["济市监罚〔2026〕3号", "济市监罚〔2026〕1号"]


def test_hostile_words_find_or_find_nothing(store: Filled) -> None:
    """Quotes, operators, emoji, right-to-left signs and long words neither fail nor match everything."""
    evil = "\"'*:()<->&|!^ NEAR AND OR -1; DROP TABLE site_decision;-- \\ % _"
    store.take(
        penalty(1, values={"CF_SY": f"{evil} 😀 \u202eabc\u202c {'x' * 5000} <script>alert(1)</script>"})
    )
    for words in (evil, "😀", "\u202eabc", "x" * 5000, "<script>", "'", '"', "*", "a" * 100, "NEAR(", "名:*"):
        search(store, words)
    assert search(store, "script").count == 1
    assert search(store, "x" * 5000).count == 1
    assert search(store, "😀").count == 0


def test_tables_of_another_version_are_made_anew(store: Filled) -> None:
    """A changed version empties the tables and the positions, so that all is read from the topic again."""
    store.take(penalty(1))
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE site_version SET number = 0"))
    prepare(store.engine, GROUP)
    assert store.taker.positions([(TOPIC, 0)]) == {}
    assert search(store).count == 0
    prepare(store.engine, GROUP)


def test_what_was_forgotten_is_not_in_the_file(tmp_path: Path) -> None:
    """SQLite overwrites what a withdrawal has deleted."""
    engine = open_site(f"sqlite:///{tmp_path}/own.sqlite")
    prepare(engine, GROUP)
    store = Filled(engine)
    gone = penalty(1, subject_class=SubjectClass.LEGAL, values={"CF_SY": "事后不应存在的文字"})
    store.take(gone)
    store.take(replace(gone, revision=2, action=Action.WITHDRAW))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    assert "事后不应存在的文字".encode() not in (tmp_path / "own.sqlite").read_bytes()
