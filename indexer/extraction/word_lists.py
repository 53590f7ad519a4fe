"""Lists of general Chinese words that the rules of extraction are made of, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = [
    "ADVERBS",
    "CLOSERS",
    "COLUMN_NOUNS",
    "COMPOUND_SURNAMES",
    "CONTINUATIONS",
    "GROUNDS",
    "OFFICES",
    "OFFICIAL_DOCUMENTS",
    "ORGANISATIONS",
    "PARTICLES",
    "PLAIN_REPORTING_WORDS",
    "POSITIONS",
    "POSITION_MODIFIERS",
    "REPORTING_WORDS",
    "SAYING",
    "SESSION_WORDS",
    "SURNAMES",
    "any_of",
]


def any_of(words: Iterable[str]) -> str:
    """Write a pattern that matches any of some words, the longer ones first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# 百家姓 (Song dynasty), single surnames, Simplified; then surnames of today that it lacks, from
# the 2020 and 2021 yearbooks of names (全国姓名报告, Ministry of Public Security).
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向"
    "古易慎戈廖庾终暨居衡步都耿满弘匡文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福"
    "肖闫付代覃仝邸邝亓丘尧冼涂綦尼敬占揭麦岩但楚汝鄢钦褟苟晋法海归兰粟初辜矫衣迟丛宾刀仉战芦逢隋庹栗苑鹿谌郄揣撒漆"
)
# 百家姓, compound surnames, Simplified.
COMPOUND_SURNAMES = frozenset(
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠"
    " 公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 司寇 子车 颛孙 端木 巫马 公西 漆雕 乐正"
    " 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 左丘 西门 南宫 第五".split()
)
# Verbs that hand the word to somebody (现代汉语词典: 言说 and 认知 verbs common in reports).
SAYING = (
    "认为 建议 提出 提议 提到 表示 表明 指出 强调 呼吁 说 称 说道 谈到 谈及 谈道 介绍 坦言 直言 希望 期待"
    " 期盼 感叹 感慨 透露 告诉 解释 补充 主张 倡议 倡导 回应 回答 分析 发言 书面发言 大会发言 看来 坦承"
    " 写道 问道 追问 反问 答道 表达了 给出 介绍说 恳请 提交 打开了话匣子 深有感触 深有体会 感触颇深"
).split()
# Words of saying, thinking, asking and answering: what each is worth as a sign of speech is learned.
REPORTING_WORDS = (
    "说 说道 说起 说明 称 声称 宣称 供称 自称 谎称 指 指出 指称 指控 指斥 直指 续指 认为 以为 觉得"
    " 感到 深感 相信 坚信 深信 表示 表明 表达 表态 明言 言明 声言 扬言 强调 重申 建议 提出 提议"
    " 提到 提及 提倡 提醒 主张 倡议 倡导 呼吁 吁请 促请 敦促 要求 请求 恳请 希望 盼望 期望 期盼"
    " 期待 冀 盼 吁 促 倡 介绍 讲 讲到 讲述 讲话 谈 谈到 谈及 谈道 谈起 畅谈 分享 透露 披露 告诉"
    " 告知 坦言 坦承 坦白 直言 直斥 感叹 感慨 慨叹 叹 叹息 感言 忆述 回忆 忆起 记得 憶述 解释 补充"
    " 回应 回答 答 答复 回复 覆 回覆 答道 反驳 反问 追问 质问 发问 提问 询问 问 问道 质疑 批评 批"
    " 斥 斥责 谴责 抨击 炮轰 轰 讽刺 嘲讽 讥 警告 指责 批判 控诉 投诉 反对 支持 赞成 同意 认同"
    " 赞同 否认 承认 澄清 分析 评价 评论 评 形容 描述 总结 概括 列举 举例 引述 引用 转述 预计 预测"
    " 预料 预期 估计 估算 料 判断 推测 怀疑 担心 担忧 忧虑 忧 关注 留意 注意到 发现 了解到 写道"
    " 撰文 发文 发帖 留言 贴文 发表 发声明 发言 致辞 致词 作证 作供 陈词 宣布 公布 宣读 通报 汇报"
    " 报告 报道 承诺 保证 誓言 表决心 许诺 答应 决定 感谢 致谢 道谢 祝贺 祝愿 祝福 欢迎 赞 赞扬"
    " 赞赏 称赞 赞叹 夸奖 夸 肯定 高度评价 道歉 致歉 抱怨 抱歉 诉说 诉苦 倾诉 吐槽 反映 反映说"
    " 反映道 建言 献策 支招 呼声 看来 眼里 眼中 的话 的话说 所说 所言 如是说 题词 寄语 勉励 鼓励"
    " 嘱咐 叮嘱 嘱托 指示 批示 号召 动员 部署 强烈要求 郑重 发起 动议 拟具 提案 提交 质询 请 请问"
    " 问及 谈话 感触 感受 深有感触 深有体会 有感而发 打趣 笑言 笑说 笑称 戏言 喊 喊道 高呼 嚷 道"
    " 道出 曰 云 言 自言 续称 又称 又指 又说 还说 也说 补充说 介绍说 强调说 解释说 表示说 对记者说"
    " 告诉记者 向记者 推荐 倾向 拒绝 点名 直呼 揭 揭露 爆料 爆 声明 警示 断言 论述 阐述 阐明 详解"
    " 解读 说明 剖析 梳理 归纳 坚持 反思 检讨 自嘲 自豪 奉劝 劝 劝告 规劝 呛 怒斥 反击 还击 驳斥"
    " 驳 力主 力陈 力挺 期许 祈求 许愿 敬告 诘问 申辩 辩称 辩解 狡辩 交代 供认 认 认罪 否定 表扬"
    " 打气 致函 去信 来信 致信 致电 来电 举报 嘆 讚 告诫 告白 谏言 附议 裁示 谕示 说句 发出 聊"
    " 聊起 聊到 数说 细数 算账 透 悉 获悉 表述 陈述 陈情 申明 说了 谈了 讲了"
).split()
# Those that are hardly ever anything else.
PLAIN_REPORTING_WORDS = (
    "说 说道 称 指 指出 认为 表示 表明 强调 重申 提出 建议 呼吁 促请 介绍 谈到 谈及 谈道 分享 透露"
    " 坦言 坦承 直言 感叹 感慨 慨叹 忆述 解释 补充 回应 回答 答道 反驳 反问 追问 质问 质疑 批评"
    " 斥责 抨击 炮轰 讽刺 承认 否认 澄清 分析 形容 写道 留言 宣布 承诺 抱怨 建言 寄语 勉励 叮嘱"
    " 笑言 笑说 笑称 续称 又称 又指 又说 还说 也说 补充说 介绍说 强调说 解释说 表示说 告诉记者"
    " 对记者说 主张 相信 希望 期望 期待 觉得 担心 忧虑 讲 谈 问 问道 忧 轰 吁 认 引述 讲述 发言"
    " 反映 提议"
).split()
# Offices and professions that stand before or after a name (国家职业分类大典 and official usage).
POSITIONS = (
    "书记 主席 主委 主任 大律师 支队长 大队长 中队长 总队长 新闻发言人 经济学家 首席经济学家 经济顾问 商务总监 省长 市长 县长 区长 州长 镇长 乡长 旗长 盟长 部长 厅长 局长 处长 科长 司长 院长 校长 园长"
    " 所长 站长 队长 馆长 台长 社长 团长 会长 组长 行长 厂长 村长 庭长 检察长 审计长 秘书长 理事长 董事长"
    " 总裁 总经理 经理 总监 董事 监事 主编 总编 总编辑 院士 教授 研究员 讲师 教师 老师 律师 医师 医生 护士"
    " 护士长 工程师 总工程师 会计师 设计师 建筑师 农艺师 技师 专家 学者 负责人 创始人 合伙人 发言人 委员长"
    " 常委 参事 干事 总干事 法官 检察官 传承人 带头人 工人 农民 顾问 助理 大使 特使 总统 总理 首相 外长 国务卿 作家 画家 演员 导演"
).split()
# What may stand before an office and belongs to it.
POSITION_MODIFIERS = (
    "副 代 代理 常务 总 首席 执行 名誉 驻会 专职 兼职 党组 党委 党支部 党总支 支部 大区 区域 联席 轮值 高级 主治"
    " 主管 分管 创始 荣誉 理事会 董事会 前 原 时任"
).split()
# The eight parties and the people's organisations that submit proposals as members of the 政协.
ORGANISATIONS = (
    "民革 民盟 民建 民进 农工党 农工民主党 致公党 九三学社 台盟 工商联 总工会 共青团 妇联 青联 科协 侨联 台联"
    " 知联会 文联 作协 贸促会"
).split()
# Nouns that end the name of a newspaper column.
COLUMN_NOUNS = (
    "新闻眼 剪影 同期声 镜头 现场 侧记 花絮 特写 观察 访谈 快讯 速递 速览 时评 之声 好声音 直通车 面对面"
    " 进行时 热议 热词 会客厅 微观察 掠影 图片新闻 履职录 手记 传真 声音 聚焦 关注 看点 圆桌 日记 专版 特刊"
).split()
# What a document calls itself at the end of its title.
OFFICIAL_DOCUMENTS = (
    "决议 决定 报告 公报 公告 名单 议程 日程 条例 办法 规定 通知 提案 议案 纪要 会议记录 议事录 讲话 致辞 倡议书"
    " 建议书"
).split()
# Words that open the grounds of a question or motion (立法院議事規則: 質詢 and 提案).
GROUNDS = "针对 鉴于 有鉴于 为 就 因 基于 关于 由于 有关 对 顷闻 据报载 日前 近来 近日".split()
# Words that carry a speech on into the next paragraph.
CONTINUATIONS = (
    "首先 其次 再次 再者 最后 此外 另外 同时 与此同时 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是"
    " 第二 第三 第四 第五 第六 其一 其二 其三 其四"
).split()
# Words that belong to what is before them and cannot begin a sentence: localisers and particles.
CLOSERS = frozenset("上 下 里 内 外 间 旁 的 地 得 了 着 过 们 等 里面".split())
# Surnames that in running text are nearly always a word of grammar.
PARTICLES = frozenset("和与于从向时都能那后但有应全通及经由将为并则即又曾但代连言")
# Words that every session has: they say that people meet, not what they meet about.
SESSION_WORDS = frozenset(
    "政协 人大 会议 大会 报告 工作 工作报告 建议 提案 议案 意见 意见建议 委员 代表 委员会 常委会 常务委员会 主席 总书记 书记"
    " 领导 同志 讲话 精神 决议 审议 全国 全省 全市 我国 我市 全面 方面 问题 情况 要求 目标 任务 措施 作用 重点 关键"
    " 主义 思想 中央 部署 决策 责任 力量 信心 基础 路径 动力 水平 高质量 人民 群众 社会 国家 政府 部门 单位 会议室"
    " 新时代 核心 道路 局面 成绩 高度 方式 结构 体系 机制 制度 发展 建设 联系 大家 办理 所作 全体会议 四次会议 重要讲话"
    " 建言献策 参政议政 分组讨论 人民政协 政协委员 人大代表 全国政协 政协会议 政协常委会 人大常委会 中国人民政治协商会议 议员 议会"
    " 市委 省委 中共中央 党中央 时代 世界 全球 国际 国内 本土 历史 历史性 中华民族 中国共产党 关系 合作 政治 革命 快讯 新闻".split()
)
# Offices that a transcript names instead of their holder (Standing Orders, 会议规则).
OFFICES = "行政长官 特首 主席 副主席 议长 副议长 委员长 代理主席 全委会主席 律政司司长 财政司司长 政务司司长".split()
# What may stand between a speaker and the verb (现代汉语词典: adverbs of manner and scope).
ADVERBS = (
    "还 也 则 又 均 都 再 曾 进一步 随后 同时 一致 多次 特别 着重 反复 由衷地 真诚地 激动地 高兴地 感慨地 深情地"
    " 当天 当日 当晚 昨天 昨日 今天 今日 联名 共同 率先 抢先 当场 当即 直接 "
    " 自豪地 动情地 坦率地 明确地 兴奋地 欣慰地 郑重地 风趣地 坦诚地 在会上 接受采访时 近期 近日 日前 等 先后 分别 相继 陆续 依次 踊跃 如是 这样 如此"
).split()
