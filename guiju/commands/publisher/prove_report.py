"""What was proved, as text: the figures first, then what is wrong, then what is worth knowing."""

from collections.abc import Iterator
from typing import Any

from guiju.dsl.builtins import BUILTINS
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.terms.tongue import Both, Tongue, counted

__all__ = ["report_text"]

_ANSWERS = {"yes": Both("能", "yes"), "no": Both("不能", "no"), "unknown": Both("没有答案", "no answer")}
_QUESTIONS = {"pass": Both("符合", "pass"), "fail": Both("不符合", "fail"), "undetermined": Both("无法判定", "be undetermined")}
# What keeps a rule from the solver, by what `Unencodable` says.
_REASONS = {
    "the order of texts": "文本的先后",
    "the order of yes and no": "是与否的先后",
    "the sum of two periods": "两段期限之和",
    "the longest of periods": "期限中最长的",
    "rounding to places that are not stated": "舍入的位数不是常数",
    "working days of years that do not follow one another": "工作日历的年份不相连",
    "versions of which the day of the act chooses one": "用哪一版由行为的日期决定",
    "rules that yield to one another in a circle": "互相让位的规则",
    "唯一 among elements of elements": "元素的元素之间的“唯一”",
    "唯一 within a list that is not at hand": "不在手边的列表里的“唯一”",
}
_FUNCTION = "the function "
_FEW = 6
"""So many rules are shown one by one, with their documents."""


def report_text(found: dict[str, Any], ruleset: Ruleset, tongue: Tongue) -> str:
    """The whole text."""
    writer = _Writer(found, ruleset, tongue)
    return "\n".join(writer.lines()) + "\n"


def _in_chinese(reason: str) -> str:
    if reason.startswith(_FUNCTION):
        row = BUILTINS.get(reason.removeprefix(_FUNCTION))
        return f"函数“{row.name.zh}”" if row is not None else reason
    return _REASONS.get(reason, reason)


class _Writer:
    def __init__(self, found: dict[str, Any], ruleset: Ruleset, tongue: Tongue) -> None:
        self.found, self.tongue = found, tongue
        self.rules: dict[str, Rule] = {one.id: one for one in ruleset.rules}
        self.profiles = {one.id: one.name for one in ruleset.profiles}
        self.shapes = {one.id: one.name for one in ruleset.vocabulary.shapes}

    def say(self, zh: str, en: str) -> str:
        return zh if self.tongue is Tongue.ZH else en

    def name(self, id: str) -> str:
        """A rule by name and id."""
        rule = self.rules.get(id)
        return f"{rule.name.say(self.tongue)} ({id})" if rule is not None else id

    def is_written(self, id: str) -> bool:
        """Whether an author wrote the rule: neither that each field can be read, nor that a profile's question is answered."""
        rule = self.rules.get(id)
        return rule is None or not (rule.implicit or rule.of_profile)

    def clause(self, id: str) -> str:
        """The clauses that a rule cites."""
        rule = self.rules.get(id)
        if rule is None or not rule.citations:
            return self.say("没有依据", "no clause")
        join = "、" if self.tongue is Tongue.ZH else "; "
        return join.join(f"{one.title.say(self.tongue)} {one.clause_text.say(self.tongue)}".strip() for one in rule.citations)

    def asks(self, id: str) -> str:
        """What a rule asks, as its author wrote it."""
        rule = self.rules.get(id)
        if rule is None:
            return ""
        return next(
            (line.strip() for line in rule.text.splitlines() if line.strip().startswith(("应当", "不得", "宜", "不宜", "shall", "should"))),
            rule.doc,
        )

    def lines(self) -> Iterator[str]:
        """The report."""
        yield from self.figures()
        yield from self.clashes()
        yield from self.never()
        yield from self.tables()
        yield from self.below()
        yield from self.implied()
        yield from self.others()
        if len(self.found["rules"]) <= _FEW:
            for one in self.found["rules"]:
                yield from self.of_rule(one)

    def figures(self) -> Iterator[str]:
        rules = self.found["rules"]
        sampled = [one for one in rules if one["sampled"]]
        share = 100 * len(sampled) / len(rules) if rules else 0
        yield self.say(
            f"{self.found['day']}：问了 {len(rules)} 条规则，{len(rules) - len(sampled)} 条由求解器回答，{len(sampled)} 条（{share:.1f}%）只做抽样。",
            f"{self.found['day']}: {counted(len(rules), 'rule')}; the solver answered {len(rules) - len(sampled)}, {len(sampled)} ({share:.1f}%) are sampled only.",
        )
        open_ = sum(1 for one in rules for each in one["asked"].values() if each["answer"] == "unknown" and not one["sampled"])
        if open_:
            yield self.say(f"{open_} 个问题在时限内没有答案。", f"{open_} questions had no answer in time.")
        bad = [one["rule"] for one in rules if any(each.get("confirmed") is False for each in one["asked"].values())]
        if bad:
            said = ", ".join(bad)
            yield self.say(
                f"求解器的文件与引擎的判定不一致，请报告：{said}", f"the engine judged a document otherwise, please report: {said}"
            )
        kinds = self.found.get("kinds")
        if kinds is not None:
            yes = sum(one["answer"] == "yes" for one in kinds)
            yield self.say(
                f"{len(kinds)} 个场景和对象的组合里，{yes} 个有全部符合的材料。",
                f"of {len(kinds)} kinds under their profiles, {yes} have a document that meets everything.",
            )

    def clashes(self) -> Iterator[str]:
        for one in self.found.get("kinds", ()):
            profile = self.profiles[one["profile"]].say(self.tongue) if one["profile"] in self.profiles else ""
            what = f"{self.shapes[one['kind']].say(self.tongue)}{f'（{profile}）' if profile else ''}"
            if one["answer"] == "unknown":
                yield self.say(
                    f"\n{what}：{one['seconds']:.1f} 秒内没有答案。", f"\n{what}: no answer within {one['seconds']:.1f} seconds."
                )
            for clash in one["clashes"]:
                yield self.say(
                    f"\n{what}：没有材料能全部符合。下列条款不能同时满足，去掉任何一条就可以：",
                    f"\n{what}: no document meets everything. These clauses exclude each other; without any one of them it can be:",
                )
                for id in clash:
                    yield f"  {self.clause(id)}\n    {self.name(id)}\n    {self.asks(id)}"
            if one["breaches"]:
                yield self.say(f"\n{what}：引擎不同意：", f"\n{what}: the engine disagrees: ") + ", ".join(one["breaches"])

    def never(self) -> Iterator[str]:
        words = {
            "pass": Both("永远不可能符合", "can never pass"),
            "fail": Both("永远不可能不符合", "can never fail"),
        }
        for question, said in words.items():
            ids = [
                one["rule"] for one in self.found["rules"] if not one["sampled"] and one["asked"].get(question, {}).get("answer") == "no"
            ]
            # A shape that holds texts alone can always be read.
            for id in (one for one in ids if question == "pass" or self.is_written(one)):
                yield f"\n{self.name(id)}: {said.say(self.tongue)}\n  {self.clause(id)}\n  {self.asks(id)}"
        for one in self.found["rules"]:
            if one["sampled"]:
                yield self.say(
                    f"\n{self.name(one['rule'])}：只做抽样，因为用到了{_in_chinese(one['sampled'])}",
                    f"\n{self.name(one['rule'])}: sampled only, because of: {one['sampled']}",
                )

    def tables(self) -> Iterator[str]:
        for one in self.found["rules"]:
            for each in one["tables"]:
                if each["row"] == 0:
                    yield self.say(f"\n{self.name(one['rule'])}：决策表有缺口", f"\n{self.name(one['rule'])}: its table has a gap")
                    yield from self.document(each)
                else:
                    row = each["row"]
                    yield self.say(
                        f"\n{self.name(one['rule'])}：决策表第 {row} 行被上面的行盖住",
                        f"\n{self.name(one['rule'])}: row {row} of its table is covered by those above it",
                    )
            for each in one["exceptions"]:
                pair = f"“{each['first']}”“{each['second']}”"
                yield self.say(
                    f"\n{self.name(one['rule'])}：两项除外 {pair} 可以同时成立，而结论不同",
                    f"\n{self.name(one['rule'])}: the exceptions {pair} can hold at once, with different outcomes",
                )
                yield from self.document(each)

    def below(self) -> Iterator[str]:
        for one in self.found.get("below", ()):
            yield self.say(
                "\n地方规则低于强制性国家规定（标准化法 第二十一条）：",
                "\na local rule falls below a mandatory national one (Standardization Law art 21):",
            )
            for id in (one["local"], one["national"]):
                yield f"  {self.clause(id)}\n    {self.name(id)}\n    {self.asks(id)}"
            yield from self.document(one)

    def implied(self) -> Iterator[str]:
        for one in self.found.get("implied", ()):
            if not (self.is_written(one["rule"]) and self.is_written(one["by"])):
                continue
            if one["identical"]:
                yield self.say(
                    f"\n同一件事：{self.name(one['rule'])} 与 {self.name(one['by'])} 总是一起不符合",
                    f"\none and the same: {self.name(one['rule'])} and {self.name(one['by'])} always fail together",
                )
            else:
                yield self.say(
                    f"\n多余：{self.name(one['rule'])} 不符合时，{self.name(one['by'])} 必然也不符合",
                    f"\nimplied: whenever {self.name(one['rule'])} fails, {self.name(one['by'])} fails as well",
                )

    def others(self) -> Iterator[str]:
        for id in self.found.get("unreached", ()):
            yield self.say(f"\n没有场景会问到：{self.name(id)}", f"\nno profile ever asks: {self.name(id)}")
        days = self.found.get("days")
        if days:
            yield self.say("\n判定可能改变的日子：", "\ndays on which answers may change:")
            for day, ids in days:
                shown = "、".join(ids[:3]) + (self.say(f" 等 {len(ids)} 条", f" and others, {len(ids)} in all") if len(ids) > 3 else "")
                yield f"  {day}  {shown}"

    def of_rule(self, one: dict[str, Any]) -> Iterator[str]:
        yield f"\n{self.name(one['rule'])}  {one['day']}\n  {self.clause(one['rule'])}"
        for question, each in one["asked"].items():
            answer = _ANSWERS[each["answer"]].say(self.tongue)
            yield self.say(
                f"\n  能否{_QUESTIONS[question].zh}：{answer}（{each['seconds']:.2f} 秒）",
                f"\n  can it {_QUESTIONS[question].en}: {answer} ({each['seconds']:.2f} s)",
            )
            yield from self.document(each)

    def document(self, each: dict[str, Any]) -> Iterator[str]:
        text = each.get("witness")
        if text:
            yield from (f"    {line}" for line in text.rstrip("\n").splitlines())
