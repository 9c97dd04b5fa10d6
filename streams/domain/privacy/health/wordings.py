"""Composes the words that tell whose a condition is into patterns for what stands before and behind one."""

import re

from streams.domain.privacy.lexicon import Lexicon


class Wordings:
    """Patterns by what they tell; those that end with a place are searched up to where a condition begins."""

    def __init__(self, lexicon: Lexicon) -> None:
        def any_of(tag: str) -> str:
            return f"(?:{lexicon.pattern(f'health.{tag}')})"

        def told(pattern: str) -> re.Pattern[str]:
            return re.compile(pattern)

        self.medical = told(
            f"{any_of('paper')}[^，。；]{{0,6}}{any_of('shows')}$"
            f"|{any_of('record_of')}(?:记录|病历|单)[^，。；]{{0,4}}[：:]$"
            f"|{any_of('field')}[为是]?[：:]$|{any_of('examined')}(?:结果)?[呈为]?$|{any_of('operated')}了?$"
        )
        """A medical paper or field says so, or it was operated on."""
        self.written = told(f'{any_of("written")}[：:为是有]{{0,2}}[“"]$')
        got = f"(?:代?{any_of('got')}|{any_of('given')})了?(?:用于|用以)?(?:治疗|医治|控制|缓解)?$"
        self.got = told(got)
        """What is done for or by somebody, with a medicine against the condition."""
        self.kept_in = told(f"{any_of('kept_in')}[内里中]?(?:发现|装|放|搜出|翻出|查见)?有?$")
        """Somebody's things in which the medicine is."""
        self.denied = told(f"{any_of('denied')}(?:明显|明确|任何|其他|其它|严重)?$")
        self.treated = told(f"{got}|{any_of('treated')}{{0,2}}{any_of('treats')}$")
        self.healer = told(any_of("healer"))
        self.private = told(f"(?:[、及和与][^，。；]{{1,6}})?等?{any_of('private')}")
        self.strong = told(any_of("strong"))
        self.of_goods = told(any_of("of_goods"))
        """Whoever takes no medicine but has it in stock, and animals."""
        self.thing = told(f"{any_of('thing')}$")
        """Happens to parts of machines, too: 塔吊右臂变形."""
        self.limb = told(any_of("limb"))
        """No machine has one."""
        self.injured = told(any_of("injured"))
        """What befell the part of the body behind it."""
        self.hurt = told(f"{any_of('hurt')}$")
        self.happening = told(f"{any_of('happening')}$")
        """When somebody was hurt."""
        self.beside = told(
            f"{any_of('health_field')}{any_of('field_of')}?[：:是为\\]】]$|{any_of('health_field')}(?:一?栏)?(?:填写?|写)(?:的是|为|着)?$|{any_of('reason')}[：:]$"
            f"|{any_of('oneself')}(?:的|有|得(?:的是|了|的)?|也有|患有?)?$|过敏史$"
            "|(?:[\u4e00-\u9fff]族|[，,（(；;][男女]|[斯佛道督主]兰?教|[0-9]岁"
            f"|{any_of('particular')})[，,；;、]$"
            f"|{any_of('kin_field')}[，,：:]$|{any_of('honorific')}$"
            f"|(?:^|[，,：:、（(“ ]|[我其他她俺称因说]){any_of('kin')}$"
        )
        """A field of a form, the word for oneself, what else is told of a person in a list, honorifics."""
        self.subject = told(any_of("subject"))
        """What is told of an illness as such."""
        self.item_behind = told(f"[，,；;|｜](?:现|家|户籍|暂)?{any_of('item_behind')}")
        """What else is told of a person behind an item of a list."""
        self.general = told(f"{any_of('general')}[^，。；]*$")
        """Before what rules, leaflets and plays say of whoever it is."""
        self.praise = told(f"[^”。]{{0,12}}?{any_of('praise')}")
        """Behind what a good is praised for."""
        self.cured = told(any_of("cured"))
        self.accident = told(any_of("accident"))
        self.acts_on = told(any_of("acts_on"))
        self.no_condition = told(any_of("no_condition"))
        self.serves = told(f"{any_of('healing_place')}(?:为|给|对|向)$")
        self.befell = lexicon.contexts["health.befell"]
        self.undergone = lexicon.contexts["health.undergone"]
        self.circumstances = lexicon.contexts["health.circumstances"]
        self.test = lexicon.contexts["health.test"]
