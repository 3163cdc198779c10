"""Finds names in Chinese: after 我叫, 我姓 and 您是, before 先生 and 女士, alone in a turn."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Entity, Kind

_DOUBLE: Final = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|"
    "赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|"
    "司徒|鲜于|司空|令狐|呼延|歐陽|司馬|諸葛|東方"
)
_SINGLE: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景"
    "党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒閆龍賀顧龔邵萬錢嚴湯溫齊喬龐顏莊聶魯歐關蘭紀"
    "畢單駱藍祝寧滿譙"
)
_GIVEN: Final = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰红玉梅辉鹏飞建国华文玲萍燕春梅生志海波宁贵福龙元全胜学祥才"
    "发武新利清彬富顺信子涵轩宇浩泽雨欣怡佳琪梦洁雪琳婷颖慧莉莹晶晨晓旭阳东林森峰岩松柏梓博文天翔宏斌凯俊豪嘉"
    "瑞诚思远航家辰睿皓然若曦诗语嫣紫萱依依美凤珍琴云莲真环荣爱妹香月莺媛瑞凡佳嘉琼勤珠贞莺桂娣璧璐娅琦晶妍茜"
    "秋珊莎锦黛青倩婷姣婉娴瑾露瑶怡婵雁蓓纨仪荷丹蓉眉君苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育"
    "滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思丽良维启克迪绍功振善昌群成康星光达安坚健世广义兴良海山仁"
    "波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群"
    "豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家"
    "致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘忠正培根永长桥银金水火木土玺丰"
    "靖多钰珂琨昊烨煜锐骏骁骐嵘峻岚峥奕妙妮婧媚嫣娥姗淼焱垚鑫磐硕祺祯祎禹秉稷竣笑筱简粟素经纪绮绣缘翊翠耀聆肃舟航芊芮芷苒茂茵荟莘菡菁萌落葵蕊蕾薇藩虹蝶行衡裳言誉谨谷豫贤赞起越跃路轶迅迎运进适逸遥道遐邈郁采铃铎锋锟镇镜闻阔雁霆霏霖露靓颂颜飒馨驰骄魁麒麟黛龄潇渊淳淇渝湛溪滔漫澈灿烁焕熙爵玄玥珑珺琛琮瑛瑾璇瓒甜畅皓盈睦睿磊"
    "偉麗靜強軍豔傑濤國華蘭紅鵬飛貴龍勝學發麟俊銘澤軒雅淑惠惠珠寶"
)
"""Characters that given names are made of."""
_STOP: Final = frozenset(
    "的了是我你您他她它在有不就还也和想要给打来请这那吗呢啊吧哦呀嘛说没很都会能可到对把被让从向跟与或但因所以上下里外前后"
    "今昨现刚已再又才只最更先问听看找接拿去过将应该什么怎哪谁几多少个位们号元块天月年日期钱款账单卡行公司客服平台员"
    "，。！？、,.!?：:；;"
)
_WORDS: Final = frozenset(
    (
        *(
            "高兴",
            "高興",
            "于是",
            "方便",
            "方面",
            "方式",
            "安全",
            "安心",
            "安排",
            "平时",
            "平常",
            "平台",
        ),
        *("白天", "江湖", "马上", "金额", "金融", "石头", "温馨", "钱包", "常常", "时间", "时候"),
        *(
            "關於",
            "关于",
            "关系",
            "和平",
            "向来",
            "任何",
            "任务",
            "成功",
            "成为",
            "文件",
            "应该",
            "包括",
        ),
        *(
            "包含",
            "花费",
            "费用",
            "连续",
            "明天",
            "明白",
            "明确",
            "计划",
            "程序",
            "周一",
            "周二",
            "周三",
        ),
        *(
            "周四",
            "周五",
            "周六",
            "周日",
            "周末",
            "周围",
            "路上",
            "全部",
            "全款",
            "全额",
            "单位",
            "单子",
        ),
        *(
            "华为",
            "古代",
            "时代",
            "农行",
            "农民",
            "万一",
            "应当",
            "应付",
            "安全员",
            "房东",
            "房子",
            "房贷",
        ),
        *(
            "车贷",
            "车子",
            "司机",
            "商家",
            "商量",
            "商业",
            "官方",
            "师傅",
            "边上",
            "简单",
            "管理",
            "管家",
        ),
        *(
            "明年",
            "明明",
            "单独",
            "全家",
            "全国",
            "解决",
            "解释",
            "查询",
            "查一",
            "和解",
            "阳光",
            "景气",
        ),
        *(
            "游客",
            "游戏",
            "党员",
            "冷静",
            "麻烦",
            "迟到",
            "纪录",
            "左右",
            "段时",
            "万元",
            "方案",
            "路人",
        ),
        *(
            "高中",
            "高级",
            "安装",
            "文化",
            "武汉",
            "温州",
            "广州",
            "成都",
            "宁波",
            "金华",
            "江苏",
            "江西",
        ),
        *(
            "安徽",
            "云南",
            "吉林",
            "黑龙",
            "石家",
            "连云",
            "何时",
            "何况",
            "任意",
            "谢谢",
            "祝您",
            "包月",
        ),
        *(
            "白条",
            "花呗",
            "顾客",
            "胡说",
            "车主",
            "牛奶",
            "经理",
            "曾经",
            "许多",
            "严重",
            "毛病",
            "尤其",
        ),
        *(
            "安心",
            "黄金",
            "严格",
            "成年",
            "成本",
            "成交",
            "何必",
            "何处",
            "时常",
            "华夏",
            "招商",
            "全额",
        ),
    )
)
"""Words that begin like a name and are none."""
_FAMILY: Final = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_HAN: Final = "[\u4e00-\u9fff·]"
_SURE: Final = re.compile(
    rf"(?:我叫|名叫|叫做|名字(?:就)?(?:是|叫)|姓名(?:是|为|：|:)?|本名|全名(?:是|叫)?|户名(?:是|：|:)?|持卡人(?:是|：|:)?|联系人(?:是|叫|：|:))\s*(?P<name>{_FAMILY}{_HAN}{{1,3}})"
)
_MEANT: Final = re.compile(
    rf"(?:我是|我就是|您是|你是|请问是|請問是|是不是|这里是|這裡是|这边是|找(?:一下)?|联系(?:一下)?|您好[，,]?|你好[，,]?|对[，,]?我是|认识|叫|朋友|老公|老婆|爱人|丈夫|妻子|儿子|女儿|同事|哥哥|弟弟|姐姐|妹妹)(?:叫|是)?\s*(?P<name>{_FAMILY}{_HAN}{{1,2}})"
)
_FAMILY_SAID: Final = re.compile(
    rf"(?:免贵姓|免貴姓|我姓|您姓|贵姓|他姓|她姓|姓)\s*(?P<name>{_FAMILY})(?!名|氏)(?:[，,]?\s*(?:叫|名)\s*(?P<given>{_HAN}{{1,2}}))?"
)
_CHIEF: Final = re.compile(
    rf"(?<!{_HAN})(?P<name>[{_SINGLE}])总(?=您|你|好|[，,。！!？?\s]|在|啊|$)"
)
_TITLE: Final = re.compile(
    rf"(?P<name>{_FAMILY}{_HAN}{{0,2}}?)(?:先生|女士|小姐|太太|老师|师傅|经理|主任|总监|律师|大哥|大姐|阿姨|叔叔|(?:老板))"
)
_SELF: Final = re.compile(
    rf"(?P<name>{_FAMILY}{_HAN}{{1,2}}?)(?:本人|的家人|的家属|的爱人|的父亲|的母亲|的朋友|的同事|在吗|在不在)"
)
_TITLES: Final = frozenset(("先生", "女士", "小姐", "太太", "同学", "师傅", "经理", "律师", "本人"))
_OFTEN_WORDS: Final = frozenset("和单于时全应向边路左成师官费明从冷游")
"""Family names that are words more often: none where they stand alone before a title."""
_NICKED: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董程曹袁邓许沈曾彭吕苏卢蒋蔡贾丁魏薛叶潘杜戴钟汪姜范姚"
    "谭廖邹熊陆郝崔邱秦侯邵孟段雷汤尹贺赖龚"
)
_NICK: Final = re.compile(
    rf"(?<![大最多更很])(?P<name>[老小阿][{_NICKED}])(?=[，,。！!？?\s]|您|你|啊|呀|吗|在|$)"
)
_WHOLE: Final = re.compile(
    rf"[\s，。,.!！?？、]*(?:嗯|对|是的?|好的?|呃|我是|我叫|叫|您好|你好|喂|啊)*[\s，,、。]*(?P<name>{_FAMILY}{_HAN}{{1,2}})(?:啊|呀|吧|哦|本人)?[\s，。,.!！?？、]*"
)
_HAS_FAMILY: Final = re.compile(_FAMILY)


def find_chinese_names(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the names of a text in simplified characters without spaces between them."""
    if _HAS_FAMILY.search(text) is None:
        return
    for found in _SURE.finditer(text):
        yield from _name(text, found.start("name"), 4, "after 我叫", is_sure=True)
    for found in _FAMILY_SAID.finditer(text):
        yield _entity(text, *found.span("name"), "after 姓")
        if found["given"]:
            start = found.start("given")
            end = start + len(_until_stop(found["given"]))
            if end > start:
                yield _entity(text, start, end, "after 姓")
    for found in _MEANT.finditer(text):
        yield from _name(text, found.start("name"), 3, "after 我是", is_sure=False)
    for found in _TITLE.finditer(text):
        yield from _titled(text, found)
    for found in _CHIEF.finditer(text):
        yield _entity(text, *found.span("name"), "before 总")
    for found in _SELF.finditer(text):
        if _is_name(found["name"], is_sure=False):
            yield _entity(text, *found.span("name"), "before 本人")
    for found in _NICK.finditer(text):
        yield _entity(text, *found.span("name"), "after 老 or 小")
    whole = _WHOLE.fullmatch(text)
    if whole is not None and _is_name(whole["name"], is_sure=Kind.NAME in asked.kinds):
        yield _entity(text, *whole.span("name"), "nothing but a name")


def _name(text: str, start: int, most: int, why: str, is_sure: bool) -> Iterator[Entity]:
    """Yield the name that begins at `start`: a family name and one or two characters."""
    family = 2 if re.match(_DOUBLE, text[start : start + 2]) else 1
    given = _until_stop(text[start + family : start + min(most, family + 2)])
    if not given:
        return
    if not is_sure or len(given) == 2:
        follows = text[start + family + len(given) : start + family + len(given) + 1]
        is_cut = not follows or not re.match(_HAN, follows) or follows in _STOP
        if len(given) == 2 and not (given[1] in _GIVEN or is_cut):
            given = given[:1]
    name = text[start : start + family] + given
    if _is_name(name, is_sure):
        yield _entity(text, start, start + len(name), why)


def _until_stop(text: str) -> str:
    """Return a text up to the first character that is in no given name."""
    for place, char in enumerate(text):
        is_name = char in _GIVEN and (place == 0 or char == text[place - 1])
        if (char in _STOP and not is_name) or not re.match(_HAN, char):
            return text[:place]
    return text


def _is_name(name: str, is_sure: bool) -> bool:
    """Tell whether characters that begin with a family name are a name."""
    family = 2 if re.match(_DOUBLE, name) else 1
    given = name[family:]
    if not given or given in _TITLES or name[:2] in _WORDS or name in _WORDS:
        return False
    if is_sure:
        return given[0] not in _STOP or given[0] in _GIVEN
    return all(char in _GIVEN for char in given)


def _titled(text: str, found: re.Match[str]) -> Iterator[Entity]:
    """Yield the name before 先生: the shortest that fits, begun where a name can begin."""
    name = found["name"]
    start = found.start("name")
    end = found.end("name")
    if len(name) == 1:
        yield _entity(text, start, end, "before 先生")
        return
    for at in range(start, end):
        part = text[at:end]
        if part[:2] in _WORDS or text[max(at - 1, 0) : at + 1] in _WORDS:
            continue
        is_family_alone = part in _SINGLE and part not in _OFTEN_WORDS
        if is_family_alone or (_HAS_FAMILY.match(part) and _is_name(part, is_sure=False)):
            yield _entity(text, at, end, "before 先生")
            return


def _entity(text: str, start: int, end: int, why: str) -> Entity:
    return Entity(Kind.NAME, start, end, why, text[start:end])
