"""What pretend customers are called: mostly as in Taiwan, some in English, some as people type."""

from random import Random

SURNAMES = (
    "陳陳陳陳林林林林黃黃黃張張張李李王王王吳吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡"
    "朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴范方宋鄧杜傅侯曹薛"
)
# Two characters each.
GIVEN = (
    "怡君雅婷家豪志明淑芬俊傑佳穎宗翰雅筑冠宇詩涵柏宇欣怡承翰子晴品妤宥廷芷瑄彥廷"
    "思妤建宏惠雯宜蓁哲瑋郁婷柏翰佩君靜怡凱文孟儒宛庭昱翔雨潔睿恩沛恩采潔筱涵士豪"
    "美玲秀英麗華文彬國榮淑惠素珍明哲立偉婉如曉薇于庭語彤晨曦羽晴奕辰恩綺以柔允文"
)
ENGLISH = (
    "Emily Chen",
    "Jason Wu",
    "Vivian Lin",
    "Kevin Huang",
    "Peggy Tsai",
    "Michael Brown",
    "Sophie Martin",
    "Daniel Kim",
    "Grace Lee",
    "Tomoko Sato",
    "Olivia Nguyen",
    "Chris Taylor",
    "Mia Hsu",
    "Leo Chang",
    "Hannah Müller",
    "Aisha Rahman",
)
AS_TYPED = (
    "小美",
    "阿宏",
    "阿芬姊",
    "Coco 媽",
    "寶寶爸",
    "Jessie✨",
    "小熊 🐻",
    "kiki_0712",
    "大雄",
)

# The first of each channel is complete in everything; the others are what goes wrong in real lists.
ODD: dict[str, tuple[str, ...]] = {
    "line": (
        "王小明",
        "🌻小葵🌻👩‍👧‍👦",
        "",
        "<b>陳老闆</b><script>alert(1)</script>",
        "亞歷珊卓拉・維多利亞・馮・霍恩洛厄-朗根堡（台北信義區，平日晚間七點後再聯絡，加入第三年）",
        "歐陽",
        "",
    ),
    "facebook": ("林小華", 'Robert "Bobby" O\'Neill & Sons', "", "司馬 光 遠"),
    "instagram": ("許家瑜", "𝓐𝓶𝔂 ☕", "mia.in.taipei"),
    "livechat": ("陳阿美", "", "", "{{ name }}"),
    "telegram": ("周子瑄", "محمد"),
    "wechat": ("李雪", "王小丽"),
    "viber": ("Wei-Ting Lo", "ไพลิน"),
}


def invent(random: Random) -> str:
    kind = random.randrange(100)
    if kind < 9:
        return random.choice(ENGLISH)
    if kind < 15:
        return random.choice(AS_TYPED)
    first = 2 * random.randrange(len(GIVEN) // 2)
    return random.choice(SURNAMES) + GIVEN[first : first + 2]
