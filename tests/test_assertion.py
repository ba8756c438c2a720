import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.phrases import tokenise


def found(sentence: str) -> list[tuple[str, str]]:
    tokens = tokenise(sentence)
    return [
        (tag.kind, sentence[tokens.spans[tag.first][0] : tokens.spans[tag.last - 1][1]])
        for tag in find_assertion(tokens)
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("Cykelgaraget har ej byggts.", "negation", "ej"),
        ("Beslutet togs utan att någon hördes.", "negation", "utan att"),
        ("Varken takt eller kvalitet räcker.", "negation", "Varken"),
        ("Växthusen är delvis resta.", "partial", "delvis"),
        ("Planen är inte fullt ut genomförd.", "partial", "inte fullt ut"),
        ("Fyra av nio bodar är målade.", "partial", "Fyra av nio"),
        ("Lekplatsen öppnar om sanden levereras.", "condition", "om"),
        ("Om inte hissen lagas stänger huset.", "condition", "Om inte"),
        ("Uteblir bidraget läggs kursen ned.", "condition", "Uteblir"),
        ("Vid uteblivet bidrag läggs kursen ned.", "condition", "Vid uteblivet"),
        ("Några av rampgjutningarna är klara.", "partial", "Några av"),
        ("Rutinen används i viss utsträckning.", "partial", "viss utsträckning"),
        ("Målet är uppnått till viss del eftersom isen höll.", "partial", "viss del"),
        ("Listan är betad till 70 procent.", "partial", "70 procent"),
        ("Brevet har inte nått ut i avsedd omfattning.", "partial", "inte nått ut i avsedd omfattning"),
        ("Tolv bodar var planerade, det blev sju.", "partial", "sju"),
        ("Av tolv bodar hann, innan snön kom, blott nio målas.", "partial", "blott nio"),
        ("Bodarna har målats enbart på framsidan.", "partial", "enbart på"),
        ("Alla bodar hanns inte med.", "partial", "Alla bodar hanns inte"),
        ("Måluppfyllelsen bedöms som partiell.", "partial", "partiell"),
        ("Alla skulle få en plats, men drygt 60 procent har fått det.", "partial", "60 procent"),
        ("Tre av bodarna är målade.", "partial", "Tre av"),
        ("Bodarna som beställdes i fjol är målade till hälften.", "partial", "till hälften"),
        ("Flertalet av de bodar som beställdes i fjol är målade.", "partial", "Flertalet av"),
        ("Av de tolv bodar som står vid hamnen (se kartan) har fem målats.", "partial", "fem"),
        ("Tolv bodar var beställda, sju är målade.", "partial", "sju"),
        ("Bara den norra boden har målats.", "partial", "Bara den"),
        ("Alla bodar skulle målas, men vi hann med åttiotre procent.", "partial", "åttiotre procent"),
        ("På två av tre gårdar används den nya tavlan.", "partial", "två av tre"),
        ("Hittills är 1,5 av planerade 6 mil ledning lagda.", "partial", "1,5 av planerade 6"),
        ("Räckena är färdiga i norr men bara i viss utsträckning i söder.", "partial", "viss utsträckning"),
        ("Sju brunnar skulle borras, varav fyra är i bruk.", "partial", "fyra"),
        ("Fem av nio bodar har lås.", "partial", "Fem av nio"),
        ("Av sju gode män har fyra gått kursen.", "partial", "fyra"),
        ("I år är var tredje bod ommålad.", "partial", "var tredje bod"),
        ("Det finns risk att hela bryggan inte hinns med.", "partial", "hela bryggan inte"),
        ("I norr har alla gått kursen, i söder är hälften igång och ledarna talar om glädje.", "partial", "hälften"),
        ("Det är inte alla bodar som har målats.", "partial", "inte alla"),
        ("Bryggan har förklarats delvis färdig.", "partial", "delvis"),
        ("Bodarna är målade i norr men inte i söder.", "partial", "inte i"),
        ("Bodarna är målade, dock inte på insidan.", "partial", "inte på"),
        ("Bron är lagad men inte räcket.", "partial", "men inte räcket"),
        ("Bodar: 14/20 målade.", "partial", "14/20"),
        ("Målningen är 70-procentigt utförd.", "partial", "70-procentigt"),
        ("Av planerade 9 km räcke är 4,5 km monterade.", "partial", "4,5 km"),
        ("Av anslaget på 9 mnkr har 4 mnkr betalats ut.", "partial", "4 mnkr"),
        ("Lås har monterats på två av bodarna.", "partial", "två av"),
        ("Tre av husen är målade.", "partial", "Tre av"),
        ("Tre av varvets bodar är målade.", "partial", "Tre av"),
        ("En av bodarna är klar.", "partial", "En av"),
        ("Det blev fyra bodar i stället för planerade sex.", "partial", "fyra bodar i stället för planerade sex"),
        ("Bodarna är klara, två lås kvar.", "partial", "två lås kvar"),
        ("Låset är än så länge bara monterat i norr.", "partial", "än så länge bara"),
        ("Endast på Norrö är låset i drift.", "partial", "Endast på"),
        ("Hälften av den beslutade sträckan rymdes i anslaget.", "partial", "Hälften av"),
        ("Bodarna är målade för två, den tredje väntar.", "partial", "för två, den"),
        ("Bemanningen är nästan fulltalig.", "partial", "nästan"),
        ("Starten hänger på att avtalet skrivs.", "condition", "hänger på att"),
        ("Det finns risk att fönstren dröjer.", "uncertainty", "risk att"),
        ("Flytten kan komma att skjutas upp.", "uncertainty", "kan komma att"),
        ("Det är långt ifrån säkert att isen bär.", "uncertainty", "långt ifrån säkert"),
    ],
)
def test_words_that_qualify_a_statement(sentence: str, kind: str, words: str) -> None:
    assert (kind, words) in found(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Inte minst köken har sparat el.", "negation"),
        ("Planen är inte fullt ut genomförd.", "negation"),
        ("Om inte hissen lagas stänger huset.", "negation"),
        ("Provet gick utan anmärkning.", "negation"),
        ("Affischen ”Ingen ska behöva vänta” sattes upp.", "negation"),
        ("Nio av nio bodar är målade.", "partial"),
        ("Den ena halvan av boden rymmer båtar, och taket har lagats.", "partial"),
        ("Hälften av hyresgästerna bor kvar, och trappan är målad.", "partial"),
        ("Boden står till hälften inom inhägnat område.", "partial"),
        ("Utsläppen är en tredjedel lägre, och kajen är klar.", "partial"),
        ("Inte helt oväntat blev målningen en framgång.", "partial"),
        ("Boden ligger en bit från kajen.", "partial"),
        ("Bara sex dagar efter branden var boden målad.", "partial"),
        ("Nästan 300 personer såg paraden.", "partial"),
        ("Hälften av invånarna bor i villa.", "partial"),
        ("Kostnaden minskade med hälften.", "partial"),
        ("Några av traktens största företag deltog.", "partial"),
        ("Bidraget täcker delvis hyran.", "partial"),
        ("Kön har nästan halverats.", "partial"),
        ("I delar av hamnområdet är marken förorenad.", "partial"),
        ("Kostnaden steg till viss del på grund av elpriset.", "partial"),
        ("Hyran betalas till hälften av staten, och huset är klart.", "partial"),
        ("Bron är delvis avgiftsbelagd sedan länge.", "partial"),
        ("Stranden är delvis väglös.", "partial"),
        ("Minst hälften av ledamöterna ska vara kvinnor enligt målet.", "partial"),
        ("Hälften av husen byggdes på 1950-talet.", "partial"),
        ("Två månader återstår av avtalet.", "partial"),
        ("Alla bodar är klara och färgen behövde inte bytas.", "partial"),
        ("Branden, som delvis hade flera orsaker, är utredd.", "partial"),
        ("Nästan tvåhundra år gamla boden har målats.", "partial"),
        ("Stigen går delvis längs ån och är klar.", "partial"),
        ("Alla bodar är bytta, och några av de gamla har skänkts bort.", "partial"),
        ("Priset sänktes till hälften och avtalet är klart.", "partial"),
        ("Två av tre lås delas ut av vakten.", "partial"),
        ("Hälften av bodarna har målats av en skolklass.", "partial"),
        ("Bodarna svarar numera för hälften av besöken, och kajen är klar.", "partial"),
        ("Kursen ställdes in efter att två av tre ledare avgått.", "partial"),
        ("Vi målar själva, eftersom två av tre målare har anställts av varvet.", "partial"),
        ("En av pojkarna har redan fått en egen bod.", "partial"),
        ("Många av oss har målat förr.", "partial"),
        ("Det finns ett lås på vart och ett av de nio husen, och planen är klar.", "partial"),
        ("Tre av nio bodar har brister i taket.", "partial"),
        ("Målet nåddes inte; utfallet blev 48 procent.", "partial"),
        ("År två av tre.", "partial"),
        ("Elva möten hölls, flera av dem sena.", "partial"),
        ("Enligt planen skulle hälften ha målats.", "partial"),
        ("Nio bodar är klara; de tre som återstår målas i juli.", "partial"),
        ("Alla hittar fortfarande inte rätt.", "partial"),
        ("Svaren avsåg i huvudsak platser för rullstolsburna, och kajen är klar.", "partial"),
        ("På flera håll i landet har bodar målats.", "partial"),
        ("Boden är klar men inte i tid.", "partial"),
        ("Besiktning 7/11, klar i tid.", "partial"),
        ("Rågen såddes läsåret 17/18 och är klar.", "partial"),
        ("Verket levererar 60 procent av vattnet i byn.", "partial"),
        ("Etapp 2 av 4 upphandlas i höst.", "partial"),
        ("Målning är ett av tre ledord.", "partial"),
        ("Tre av fyra har någon form av allergi.", "partial"),
        ("Två av barnen är förkylda.", "partial"),
        ("Det finns en vägg kvar i boden, och allt är klart.", "partial"),
        ("I vissa delar av texten används ordet bod.", "partial"),
        ("Max hälften av ytan får målas.", "partial"),
        ("Starten dröjde på grund av uteblivet besked.", "condition"),
        ("Beslutet om nya taxor gäller från juli.", "condition"),
        ("Om tre veckor öppnar kiosken.", "condition"),
        ("Nämnden undersöker i vår om hyran kan sänkas.", "condition"),
        ("Huset byggdes om under vintern.", "condition"),
        ("Även om starten dröjde är vi i fas.", "condition"),
        ("Det är ingen risk att isen brister.", "uncertainty"),
        ("Risk- och sårbarhetsanalysen är klar.", "uncertainty"),
        ("Elever kan låna skidor.", "uncertainty"),
    ],
)
def test_words_that_only_look_like_it(sentence: str, kind: str) -> None:
    assert kind not in [one for one, _ in found(sentence)]


_WORDS = st.sampled_from(
    ["om", "inte", "delvis", "av", "två", "3", ",", "”", "risk", "vi", "blir", "hälften", "?", "är"]
)


def test_what_is_left_counts_only_where_nothing_says_what_is_done() -> None:
    assert [words for kind, words in found("Bodarna är i huvudsak klara, så när som på låsen.")] == ["huvudsak"]
    assert [words for kind, words in found("Bodarna är klara, så när som på låsen.")] == ["så när som på"]


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)))
def test_any_text_gives_tags_in_order_and_within_range(text: str) -> None:
    tokens = tokenise(text)
    tags = find_assertion(tokens)
    assert tags == sorted(tags, key=lambda tag: tag.first)
    assert all(0 <= tag.first < tag.last <= len(tokens) for tag in tags)
