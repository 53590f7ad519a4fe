"""Who speaks, with evidence; and who only looks like a speaker. The people are made up."""

from __future__ import annotations

import pytest

from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import read_people
from indexer.models import Speaker
from tests.conftest import SEGMENTER


def speak(*texts: str, heading: str = "") -> tuple[Speaker, ...]:
    """Return who speaks in the last of the paragraphs of an article; their ids are a, b, c …."""
    pieces = [TextPiece("body", text, 0) for text in texts]
    if heading:
        pieces.insert(-1, TextPiece("section", heading, 0))
    return read_people(pieces, "abcdef"[: len(pieces)], SEGMENTER)[-1].speakers


@pytest.mark.parametrize(
    ("text", "name", "role", "how", "evidence"),
    [
        ("赵小云委员认为，要加快发展。", "赵小云", "委员", "explicit", "赵小云委员认为"),
        ("近来成绩不小。钱大海代表建议，出台政策。", "钱大海", "代表", "explicit", "钱大海代表建议"),
        ("“报告提神。”孙明委员认为，经济向好。", "孙明", "委员", "quoted", "孙明委员认为"),
        ("县人大代表李芳华说，路修好了。", "李芳华", "县人大代表", "explicit", "县人大代表李芳华说"),
        (
            "周文武代表围绕加快发展，就产业升级提出建议。",
            "周文武",
            "代表",
            "explicit",
            "周文武代表围绕加快发展，就产业升级提出",
        ),
        ("吴丽丽委员还建议加强阅读。", "吴丽丽", "委员", "explicit", "吴丽丽委员还建议"),
        ("刘芳芳代表接过话茬：“我也来说。”", "刘芳芳", "代表", "explicit", "刘芳芳代表接过话茬："),
        (
            "来自某系统的叶小洁代表翻着报告说，好。",
            "叶小洁",
            "代表",
            "explicit",
            "叶小洁代表翻着报告说",
        ),
        ("连任三届的老代表徐长大感慨地说，好。", "徐长大", "老代表", "explicit", None),
        ("杨小华委员在提案中写道：好。", "杨小华", "委员", "explicit", "杨小华委员在提案中写道"),
        ("某市长卢小远答询表示，好。", "卢小远", None, "explicit", "某市长卢小远答询表示"),
        ("谢大梁市长说明，已经编列。", "谢大梁", None, "explicit", "谢大梁市长说明"),
        ("某局局长：我们会跟进。", "某局局长", None, "explicit", "某局局长："),
        ("在郑国强委员看来，要聚焦。", "郑国强", "委员", "explicit", "郑国强委员看来"),
        (
            "赵小云委员就“优化结构，完善制度”在全体大会上发言。",
            "赵小云",
            "委员",
            "explicit",
            "赵小云委员就“优化结构，完善制度”在全体大会上发言",
        ),
        (
            "某省副省长钱大海代表的建议是《从头做起》。",
            "钱大海",
            "代表",
            "explicit",
            "某省副省长钱大海代表的建议",
        ),
        (
            "来自农业界别的孙明委员指出，要增产。",
            "孙明",
            "委员",
            "explicit",
            "孙明委员指出",
        ),
        (
            "来自某地的全国政协委员阿不都·买买提表示，要团结。",
            "阿不都·买买提",
            "全国政协委员",
            "explicit",
            "全国政协委员阿不都·买买提表示",
        ),
        ("政协委员 王志远：非常荣幸。", "王志远", "政协委员", "explicit", "政协委员 王志远："),
        ("何啟大議員：主席，多謝。", "何啟大", "議員", "explicit", "何啟大議員："),
        ("劉委員政大：（十七時）主席，各位同仁。", "劉政大", "委員", "explicit", "劉委員政大："),
        ("本院羅委員大華，鑑於新制推行。", "羅大華", "委員", "explicit", "羅委員大華"),
        ("本院委員趙大明等21人擬具「某法草案」。", "趙大明", "委員", "explicit", "委員趙大明等21人擬具"),
        (
            "程大红委员代表民盟中央发言说，要改革。",
            "程大红",
            "委员",
            "explicit",
            "程大红委员代表民盟中央发言",
        ),
        ("瓦歷斯‧貝大委員：主席，請教。", "瓦歷斯‧貝大", "委員", "explicit", "瓦歷斯‧貝大委員："),
        ("高金委員素小：主席，請教。", "高金素小", "委員", "explicit", "高金委員素小："),
        (
            "王建国（市人大代表）：希望尽快落实。",
            "王建国",
            "市人大代表",
            "explicit",
            "王建国（市人大代表）：",
        ),
        ("議員陳小華（香港島）：主席，我想問。", "陳小華", "議員", "explicit", "議員陳小華（香港島）："),
        ("“好。”周大涛委员如是说。", "周大涛", "委员", "quoted", "周大涛委员如是说"),
        ("基层代表张桂花激动地说：“好！”", "张桂花", "基层代表", "explicit", "基层代表张桂花激动地说"),
        (
            "驻湘全国政协委员、某大学教授胡大晟建议，修改法律。",
            "胡大晟",
            "驻湘全国政协委员",
            "explicit",
            "驻湘全国政协委员、某大学教授胡大晟建议",
        ),
        (
            "对此，市政协委员刘大洋深表赞同：“是好事。”",
            "刘大洋",
            "市政协委员",
            "explicit",
            "市政协委员刘大洋深表赞同",
        ),
        ("委员王大强提交了一份提案，内容很多。", "王大强", "委员", "explicit", "委员王大强提交"),
        ("立法委員王大明質詢時指出，應說明。", "王大明", "立法委員", "explicit", "立法委員王大明質詢時指出"),
        ("行政長官：多謝何議員。", "行政長官", None, "explicit", "行政長官："),
        ("在听取发言后，周文同志在参加讨论时说，很好。", "周文", None, "explicit", "周文同志在参加讨论时说"),
        ("李强文市长在会上指出，要实干。", "李强文", None, "explicit", "李强文市长在会上指出"),
        ("市委常委、市政府秘书长周大文介绍说，进展顺利。", "周大文", None, "explicit", None),
    ],
)
def test_a_named_speaker_is_found_with_evidence(
    text: str, name: str, role: str | None, how: str, evidence: str | None
) -> None:
    (speaker,) = speak(text)
    assert (speaker.name, speaker.role, speaker.how) == (name, role, how)
    assert isinstance(speaker.evidence, tuple)
    shown = text[slice(*speaker.evidence)]
    assert shown == evidence if evidence else name in shown


def test_role_organisation_and_position_are_told_apart() -> None:
    (speaker,) = speak("市政协委员、某某职业技术学校校长王小敏提出了一项建议。")
    assert (speaker.name, speaker.role, speaker.organisation, speaker.position) == (
        "王小敏",
        "市政协委员",
        "某某职业技术学校",
        "校长",
    )


def test_a_position_keeps_what_belongs_to_it() -> None:
    (speaker,) = speak("市人大代表、长河建设大区总裁冯小丽提出了建议。")
    assert (speaker.organisation, speaker.position) == ("长河建设", "大区总裁")


def test_several_offices_in_one_organisation_are_kept_together() -> None:
    (speaker,) = speak("某某集团党委书记、董事长陈大强表示，要加大投入。")
    assert (speaker.organisation, speaker.position) == ("某某集团", "党委书记、董事长")


def test_a_person_introduced_as_a_member_speaks_by_the_pronoun() -> None:
    (speaker,) = speak("作为一名基层代表，范小红的建议不少。她建议，修路。")
    assert (speaker.name, speaker.role, speaker.how) == ("范小红", "基层代表", "pronoun")


def test_two_people_who_speak_together_keep_their_names() -> None:
    speakers = speak("市人大代表余大华、苏小童联名建议，设立读书日。")
    assert [speaker.name for speaker in speakers] == ["余大华", "苏小童"]


def test_several_names_share_one_title() -> None:
    assert [who.name for who in speak("陈大伟、褚明明、卫小红委员建议我市尽早启动。")] == [
        "陈大伟",
        "褚明明",
        "卫小红",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民盟某某市委提交的集体提案建议，建立联系制度。", "民盟某某市委"),
        ("民进市委会在提案中指出，要保护古建筑。", "民进市委会"),
        ("农工党市委会建议：加强基层医疗。", "农工党市委会"),
    ],
)
def test_an_organisation_speaks(text: str, name: str) -> None:
    (speaker,) = speak(text)
    assert (speaker.name, speaker.how, speaker.role) == (name, "organisation", None)


@pytest.mark.parametrize("verb", ["认为", "强调", "号召"])
def test_the_meeting_speaks_as_a_whole(verb: str) -> None:
    (speaker,) = speak(f"会议{verb}，要坚定信心。")
    assert (speaker.name, speaker.how) == ("会议", "collective")


def test_a_pronoun_means_the_last_speaker() -> None:
    text = "近来成绩不小。他建议，出台政策。"
    (speaker,) = speak("赵小云委员认为，要加快发展。", text)
    assert (speaker.name, speaker.role, speaker.how) == ("赵小云", "委员", "pronoun")
    assert isinstance(speaker.evidence, tuple)
    assert text[slice(*speaker.evidence)] == "他建议"


def test_a_pronoun_behind_a_name_adds_nobody() -> None:
    found = speak("钱大海代表建议，出台政策。", "赵小云委员认为，要加快发展。他建议，完善链条。")
    assert [who.name for who in found] == ["赵小云"]


def test_a_person_introduced_before_speaks_by_the_bare_name() -> None:
    (speaker,) = speak("市政协委员、某某学校校长王小敏提出了一项建议。", "“要统筹。”王小敏建议，首先谋划。")
    assert (speaker.role, speaker.position, speaker.how) == ("市政协委员", "校长", "quoted")


def test_a_speech_runs_on_with_the_paragraph_it_comes_from_as_evidence() -> None:
    speech = ("赵小云委员建议，一是加快。", "二是注重合力。", "三是深化改革。")
    (second,), (third,) = speak(*speech[:2]), speak(*speech)
    assert (second.name, second.how, second.evidence) == ("赵小云", "inherited", "a")
    assert third.evidence == "a"


def test_a_speech_does_not_run_on_under_a_new_heading() -> None:
    assert speak("赵小云委员建议，一是加快。", "二是注重合力。", heading="守住底线") == ()


def test_a_paragraph_that_does_not_continue_a_speech_has_no_speaker() -> None:
    assert speak("赵小云委员建议，一是加快。", "春风吹进了会场。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "会议批准孙大明代表政协第十四届委员会常务委员会所作的报告。",
        "孙大明代表市人民政府向大会作工作报告。",
        "全体代表认为，报告鼓舞人心。",
        "农民代表说，日子好了。",
        "政协委员认为，报告鼓舞人心。",
        "记者 王小明 李大山",
        "市领导孙大明、李小山到驻地看望代表。",
        "学习“三个代表”重要思想。",
        "中国代表指出，合作共赢。",
        "旁听代表孙大明参加了会议。",
        "对某某院院长孙大明提出不信任案。",
        "广泛听取工商联和无党派人士的意见和建议。",
        "记者：现在是早上九点半，委员们正在报到。",
        "市长孙大明作政府工作报告。",
        "出席会议的还有王建国、李晓红等代表。",
        "主持人：下面请王建国委员发言。",
        "“这条路什么时候修？”市民李大妈问。",
        "记者王小明从会上获悉，今年将新建学校。",
        "学习孙大明书记提出的要求。",
        "某处副主席孙大明就有关议题作了说明。",
    ],
)
def test_nobody_speaks_here(text: str) -> None:
    assert speak(text) == ()


def test_a_pronoun_means_the_person_named_before_in_the_paragraph() -> None:
    text = "某某大学所长赵小云代表带来一份意见，他说，“治理是最大的民生。”"
    (speaker,) = speak(text)
    assert (speaker.name, speaker.how, speaker.position) == ("赵小云", "pronoun", "所长")


def test_a_person_named_with_an_office_speaks_later_by_the_bare_name() -> None:
    (speaker,) = speak("市委书记孙大明5日来到代表团参加审议。", "在听取代表发言后，孙大明说，要实干。")
    assert (speaker.name, speaker.position) == ("孙大明", "书记")


def test_several_people_speak_one_after_the_other() -> None:
    found = speak("会上，周刚、李东、丰艳等6位代表先后发言。")
    assert [who.name for who in found] == ["周刚", "李东", "丰艳"]


def test_a_person_introduced_before_speaks_by_surname_and_office() -> None:
    (speaker,) = speak("縣長許大華感謝所有議員。", "許縣長指出，議題多元。")
    assert (speaker.name, speaker.position) == ("許大華", "縣長")


def test_a_person_named_by_title_speaks_by_the_bare_name_after_a_quotation() -> None:
    text = "委员王大明与他人一同带来提案。“希望更加重视。”王大明说。"
    (speaker,) = speak(text)
    assert (speaker.name, speaker.role, speaker.how) == ("王大明", "委员", "quoted")


@pytest.mark.parametrize(
    ("before", "text", "name"),
    [
        ("總統林小英今天出席典禮。", "總統表示，這是大家的成果。", "林小英"),
        ("某国总统多迪克斯夫4日到访。", "多迪克斯夫说，两国友好。", "多迪克斯夫"),
        ("顾问 John Blackmoor 到场。", "John Blackmoor：我有两点意见。", "John Blackmoor"),
        ("特首林郑小英出席，林郑小英致辞。", "林郑说，会再检讨。", "林郑小英"),
    ],
)
def test_a_person_of_the_page_speaks_by_another_form(before: str, text: str, name: str) -> None:
    assert [speaker.name for speaker in speak(before, text)] == [name]


def test_who_has_the_floor_of_a_transcript_speaks_until_another_takes_it() -> None:
    turns = (
        "李委員大山：主席、各位同仁。",
        "吴小英委员刚才说，经费不够。",
        "（在台下鼓掌）",
        "我认为，经费是够的。",
        "吴委員小英：我反对。",
        "十二、本院委員周文等三人擬具法案。",
    )
    names = [[each.name for each in speak(*turns[: number + 1])] for number in range(len(turns))]
    assert names[:5] == [["李大山"], ["李大山"], [], ["李大山"], ["吴小英"]]
    assert "吴小英" not in names[5]


def test_what_was_decided_of_a_motion_nobody_says() -> None:
    motion = "七、本院委員李大山等二十一人擬具「某某條例修正草案」，請審議案。"
    assert [each.name for each in speak(motion)] == ["李大山"]
    assert speak(motion, "決定：交某某委員會審查。") == ()


def test_a_text_is_delivered_with_the_titles_of_its_head() -> None:
    pieces = [
        TextPiece("headline", "政府工作报告", 0),
        TextPiece("section", "某某市人民政府市长　王　明", 0),
        TextPiece("body", "各位代表：", 0),
        TextPiece("body", "现在，我代表市人民政府，向大会报告工作，请予审议。", 0),
    ]
    (speaker,) = read_people(pieces, "abcd", SEGMENTER)[-1].speakers
    assert (speaker.name, speaker.how, speaker.position) == ("王明", "delivered", "市长")


def test_everybody_named_who_does_not_speak_is_mentioned() -> None:
    text = "市长王小明说，李大山和赵文英来过，要以孙大明同志为核心。"
    people = read_people([TextPiece("body", text, 0)], "a", SEGMENTER)[0]
    assert [speaker.name for speaker in people.speakers] == ["王小明"]
    assert people.mentions == ("李大山", "赵文英")
