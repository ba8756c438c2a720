import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.nlp.language.targets import find_targets


def found(assignment: str, sentence: str) -> list[str]:
    return [tag.kind for tag in find_targets(tokenise(sentence), assignment)]


@pytest.mark.parametrize(
    ("assignment", "sentence", "kinds"),
    [
        ("Minst 80 procent nöjda gäster", "Utfallet blev 83 %.", ["met"]),
        ("Minst 80 procent nöjda gäster", "Utfallet blev 78,5 procent.", ["missed"]),
        ("Minst 80 procent nöjda gäster", "Andelen är knappt 80 procent.", ["missed"]),
        ("Högst 28 dagar till beslut", "Mediantiden var 31 dagar.", ["missed"]),
        ("Färre än 28 dagar till beslut", "Mediantiden var 28 dagar.", ["missed"]),
        ("Sjukfrånvaro 6 procent", "Sjukfrånvaron blev 5,4 procent.", ["met"]),
        ("Minska svinnet med 10 procent", "Svinnet minskade med 12 procent.", ["met"]),
        ("Minska svinnet med 10 procent", "Svinnet ökade med 12 procent.", ["missed"]),
        ("Kommunen ska vara bland de 50 bästa", "Vi kom på plats 61.", ["missed"]),
        ("Nöjda gäster", "Andelen är 91 procent, målet var 88 procent.", ["met"]),
        ("Väntetid i dagar", "Väntetiden blev 50 dagar mot målet 45 dagar.", ["missed"]),
        ("Nöjda gäster", "Utfallet på 81 procent är under målet.", ["missed"]),
        ("Plantera 1 500 buskar", "Totalt har 1 520 buskar planterats.", ["met", "count_all"]),
        ("Göra 120 besök", "124 genomförda.", ["met", "count_all"]),
        ("Göra 120 besök", "Sju besök har gjorts.", ["missed", "count_few"]),
        ("Göra 120 besök", "60 besök är gjorda.", ["missed", "count_some"]),
        ("Minska svinnet med 10 procent", "Svinnet är 12 procent lägre än 2021.", ["met"]),
        ("Högst 28 dagar till beslut", "Ett beslut tog i snitt fem veckor.", ["missed"]),
        ("Minst 80 procent nöjda gäster", "Nio av tio gäster är nöjda.", ["part_some", "met"]),
        ("Alla gäster ska vara nöjda", "93 procent av gästerna är nöjda.", ["missed"]),
        ("Kommunen ska vara bland de 50 bästa", "Vi kom på 37:e plats.", ["met"]),
        ("Minst 1,2 miljoner resor", "Det blev 1,4 miljoner resor.", ["met", "count_all"]),
        ("Trygga gäster", "Andelen är 71 procent, målet på 75 procent nås därmed inte.", ["missed"]),
        ("Minst 70 procent nöjda gäster", "Två tredjedelar av gästerna är nöjda.", ["missed"]),
        ("Minst 70 procent nöjda gäster", "Nöjdheten: 78 procent (2023: 71 procent).", ["met"]),
        ("Minst 70 procent nöjda gäster", "Nöjdheten är 78 procent, 71 året innan.", ["met"]),
        ("Högst 140 kWh/kvm i lokalerna", "Förbrukningen blev 146,8 kWh per kvadratmeter.", ["missed"]),
        ("Nettokostnad högst 8 mnkr", "Kostnaden stannade på sju och en halv miljoner.", ["met"]),
        ("Högst 3 driftstopp", "Det blev ett driftstopp.", ["met"]),
        ("Minst 30 feriejobb", "Trettiofem ungdomar fick feriejobb.", ["met", "count_all"]),
        (
            "Minst 80 procent nöjda gäster",
            "Till följd av prishöjningen stannade andelen nöjda vid 74 procent.",
            ["missed"],
        ),
        (
            "Minst 80 procent nöjda gäster",
            "Vid mätningen i maj uppgav 84 procent av de svarande att de är nöjda.",
            ["met"],
        ),
        ("Minst 80 procent nöjda gäster", "Bland gästerna är nu 84 procent nöjda.", ["met"]),
        ("Minst 80 procent nöjda gäster", "Efter ombyggnaden på Ekhallen är nu 84 procent nöjda.", ["met"]),
        ("Gästernas betyg minst 4,0 av 5", "Betyget blev 4,3.", ["met"]),
        ("Kostnad per dygn högst 900 kronor", "Dygnskostnaden har kunnat pressas till 870 kronor.", ["met"]),
        ("Antal ej åtgärdade fel högst 4", "Vid årets slut fanns sex fel som ej åtgärdats.", ["missed"]),
        ("Skyndsamma beslut om bistånd", "Beslut togs i tid i 93 procent av fallen, målet är 90.", ["met"]),
        ("30 procent äpplen och minst 50 procent päron", "Äpplena utgör 34 procent.", ["met"]),
        ("Minst 25 elever ska antas", "28 antagna, 3 hoppade av.", ["met", "count_all"]),
        ("Alla anställda ska gå kursen", "Samtliga 46 har gått kursen.", ["met"]),
        ("Bostadsprojektet", "Av de 12 hus som skulle byggas blev det 9.", ["missed"]),
        ("Högst 90 dagars kö", "Familjerna får stå i kö i 118 dagar.", ["missed"]),
        ("Antal besökare minst 900", "Badet tog emot 940 gäster.", ["met", "count_all"]),
        ("Minst 80 procent nöjda gäster", "Mer än 85 procent av gästerna är nöjda.", ["met"]),
        ("Högst 7 procent borta", "Frånvaron stannade på nio komma två procent.", ["missed"]),
        ("Högst 7 procent borta", "Med 6,4 procent är vi näst lägst i länet.", ["met"]),
        ("Ljud och ljus", "Ljudet fick betyget 8,1 (mål 8,0) men ljuset bara 6,4 (mål 7,0).", ["met", "missed"]),
        ("Hålla fyra krisövningar", "Det blev två stabsövningar.", ["missed", "count_some"]),
        ("Ingen gäst ska ha över 50 procents frånvaro", "Så hög frånvaro hade 14 gäster.", ["missed"]),
        ("90 procent av felen ska åtgärdas inom en månad", "Av felen åtgärdades 92 procent i tid.", ["met"]),
        ("Öppna tre badplatser", "Den tredje badplatsen öppnade i maj.", ["met", "count_all"]),
        ("Färre sjukdagar än föregående år", "Sjukdagarna blev 410 (452).", ["met"]),
        ("Besöken ska öka", "Museet hade 9 200 besök, mot 9 900 under 2023.", ["missed"]),
        ("Minska utskrifterna med en tredjedel", "Antalet utskrifter har gått från 900 till 540.", ["met"]),
        ("Alla gäster ska få svar i tid", "Av 50 gäster fick 46 sitt svar i tid.", ["missed"]),
        ("Under året ska 30 viner provas", "31 viner provades.", ["met", "count_all"]),
        ("Högst 8 dagar för brev, 3 för samtal", "Samtal 2,5.", ["met"]),
        ("Betyget ska vara minst 80", "Prognosen är 82–84.", ["met"]),
        ("Plantera 80 ekar och korta kön till tre veckor", "Kön är alltjämt fem veckor.", ["missed"]),
        ("Anställa 30 kockar", "34 köksbiträden har anställts, vilket överstiger målnivån.", ["met"]),
        ("Ingen gäst ska vänta mer än tre veckor", "Ingen har väntat längre än 19 dagar.", ["met"]),
        ("Plantera 80 ekar", "Till och med juli är 40 ekar planterade.", ["count_some"]),
        ("Svinnet får högst uppgå till 4,0 mnkr", "Svinnet slutade på 4,2 mnkr.", ["missed"]),
        ("Högst 45 dagars kö", "Försämringen från förra årets 36 dagar till 43 svider.", ["met"]),
        ("Erbjuda minst 20 feriejobb på baden och 40 på kaféerna", "Baden tog emot 23 ungdomar.", ["met", "count_all"]),
        ("Sänka kostnaden med 10 procent", "Kostnaden sjönk med 2,4 mnkr eller 12 procent.", ["met"]),
        ("Bygga en skola", "Nio av tolv salar är klara.", ["part_some"]),
        ("Bygga en skola", "12 av 12 salar är klara.", ["part_all"]),
        ("Bygga en skola", "En av fem salar är klar.", ["part_few"]),
        ("Sjukfrånvaro 6 procent", "Från 7,0 procent i fjol till 5,8 i år.", ["met"]),
        ("Sjukfrånvaro högst 6 procent", "5,4.", ["met"]),
        ("Högst 90 hushåll i kön", "Vid årets slut fanns 81 hushåll kvar i kön.", ["met"]),
        ("Minst 70 procent förnybar värme", "Panncentraler: 40 varav 31 förnybara (78 %).", ["met"]),
        ("Belysningen ska vara hel", "Andel trasiga lampor vid kontrollkörning 4,1 % (mål max 3 %).", ["missed"]),
        ("Sälja tomter för 40 mnkr", "Hittills 12 mnkr; prognosen är 35 mnkr.", ["missed"]),
        ("Gångvägarna ska växa med 9 km", "4 km blev det.", ["missed"]),
        ("Färre än 30 överskridandedygn", "Vi hade 22 dygn med höga halter.", ["met"]),
        ("Minst 3 miljoner resor", "Antal påstigande: 3,1 miljoner.", ["met", "count_all"]),
        ("Rekrytera 6 kockar", "Alla sex är på plats.", ["met", "count_all"]),
        ("Håll en avvikelse på högst 50 tkr", "Minus 80 tkr.", ["missed"]),
        ("Minst 40 nya platser", "Hotellet växte med 31 platser.", ["missed", "count_some"]),
        ("Årets elbesparing ska vara 60 MWh", "Bytet på Ekhallen gav en besparing på 71 MWh.", ["met"]),
        ("Minst 80 procent nöjda gäster", "Köket är nästan i mål: 78 procent nöjda.", ["missed"]),
        ("Kontrollera 90 kök", "72 av anvisade 90 hanns med.", ["part_some", "missed", "count_some"]),
        ("Högst 21 dagars kö", "Kön har kortats från 28 till 20 dagar sedan enheten fick en planerare.", ["met"]),
    ],
)
def test_figures_against_targets(assignment: str, sentence: str, kinds: list[str]) -> None:
    assert found(assignment, sentence) == kinds


@pytest.mark.parametrize(
    ("assignment", "sentence"),
    [
        ("Minst 80 procent nöjda gäster", "Förra året var andelen 82 procent."),
        ("Minst 50 dikter ska läsas", "Omkring 60 dikter väntar på att bli lästa."),
        ("Plantera 500 granar", "Plantskolan kan leverera 600 granar."),
        ("Högst 6 procent borta i köket", "I kommunen som helhet var 7 procent borta."),
        ("Minst 80 procent nöjda gäster", "Av gästerna med hund är 71 procent nöjda."),
        ("Minst 80 procent nöjda gäster", "Bland kvinnor är andelen 85 procent."),
        ("Minst 80 procent nöjda gäster", "Målet på 80 procent ligger fast."),
        ("Minst 80 procent nöjda gäster", "Andelen steg med 3 procentenheter."),
        ("Minst 80 procent nöjda gäster", "Äpplen utgör 12 procent av frukten."),
        ("Minst 80 procent nöjda gäster", "Andelen nöjda på Björkgården är 97 procent."),
        ("Minst 80 procent nöjda gäster", "Andelen nöjda varierar mellan 70 och 90 procent."),
        ("Högst 28 dagar till beslut", "Lagen ger rätt till beslut inom tre veckor."),
        ("Plantera fem träd", "Kontoret flyttade till Trädgatan 5."),
        ("Minst 80 procent nöjda gäster", "Svarsfrekvensen var 81 procent."),
        ("Minst 80 procent nöjda gäster", "Målet höjs från 75 till 80 procent."),
        ("Minst 80 procent nöjda gäster", "Enkäten gick till 412 gäster och 54 procent svarade."),
        ("Minst 80 procent nöjda gäster", "Nästa mätning görs vartannat år."),
        ("Högst 28 dagar till beslut", "Det kostade 12 kronor."),
        ("Plantera fem träd", "Beslutet togs den 5 maj, § 5."),
        ("Plantera fem träd", "Fem trädgårdsmästare söks till 2025."),
        ("Bygga en skola", "En av salarna är klar."),
        ("Minst 80 procent nöjda gäster", "I det norra huset, som är litet, uppgav 95 procent att de är nöjda."),
        ("Minst 80 procent nöjda gäster", "Av nattpassets gäster är 91 procent nöjda."),
        ("Minst 80 procent nöjda gäster", "Sämst betyg ger de yngsta, där 55 procent är nöjda."),
        ("Minst 80 procent nöjda gäster", "När satsningen började var andelen 61 procent."),
        ("Minst 80 procent nöjda gäster", "Utan den nya menyn hade andelen blivit 65 procent."),
        ("Nöjda gäster, index 70", "Branschsnittet är 74."),
        ("Högst 28 dagar till beslut", "Lagen medger 30 dagar."),
        ("Högst 28 dagar till beslut", "Överklagandet drar ut på tiden med uppemot 20 dagar."),
        ("Svinn högst 45 gram per portion", "Antalet serverade portioner uppgick till 46 200."),
        ("Antal lån per invånare minst 6", "Vi köpte in 1 200 böcker för lån."),
        ("Resultat minst 10 mnkr", "Styrelsen föreslår att 4 mnkr delas ut."),
        ("Plantera fem träd", "Två träd har stulits."),
        ("", "Tolv personer deltog i mötet."),
        ("Lägenheter i riskklass 1 och 2 ska inventeras", "32 lägenheter finns på listan."),
        ("Bygga Ekhallen för 300 elever", "I augusti flyttade 280 elever in."),
        ("Högst 9 procent borta", "Fem enheter ligger under 10 procent."),
        ("Anställa 120 kockar", "Då landade vi på 126 kockar."),
        ("Göra 120 besök", "Anmärkningar: 11, alla åtgärdade."),
        ("Göra fem besök", "Det återupptas när alla fem besök är bokade."),
        ("Minst 90 procent i tid", "Bron var avstängd i maj, då 86 procent."),
        ("Matbetyg minst 75", "Soppan drar upp (79), salladen drar ner (66)."),
        ("Plantera fyra ekar", "De två andra ekarna får vänta."),
        ("Plantera 80 ekar till 2027", "20 ekar om året är takten."),
        ("Kön högst 12 dagar", "I tre av grupperna är siffran elva."),
        ("Minst 75 procent nöjda gäster", "Värdet 6,8 kan inte ställas mot målet."),
        ("Svinn högst 35 gram", "Mot 61 gram i våras är det en framgång."),
        ("Minst 95 procent av tjänsterna ska vara tillsatta", "Personalomsättningen var 11 procent."),
        ("Minst 20 företag ska bildas", "Det blev 15 företagsfrukostar."),
        ("Matbetyg minst 75", "Återbetalningen är 14 procent."),
        ("Högst 5 dagar till svar", "I juli låg snittet på nio dagar."),
        ("Högst 5 dagar till svar", "En kund fick vänta i 40 dagar."),
        ("Sjukfrånvaro högst 6 procent", "Mars var tung, nästan nio procent."),
        ("Sjukfrånvaro högst 6 procent", "Läget är sämre än i fjol, då vi låg på 5,2."),
        ("Minst 75 procent klarar kursen inom tre år", "Inom fem år är det 82 procent som klarar kursen."),
        ("Minst 80 procent nöjda gäster", "41 procent av omdömena gällde köerna."),
        ("Minst 85 procent av turerna i tid", "Linje 7 hade 69 procent."),
        ("Minst 70 procent fossilfria bilar", "Av de tunga bilarna är 12 procent fossilfria."),
        ("Sätta 60 skyltar", "Juli stod för 14 skyltar."),
        ("Kostnad för vikarier högst 8 mnkr", "Fakturerat januari–april: 3,9 mnkr."),
        ("Högst 180 bilar", "61 bilar går på biogas."),
        ("Svarsfrekvens minst 85 procent", "93 procent av medarbetarna uppger att de trivs."),
        ("Minst 70 procent nöjda gäster", "Som jämförelse har grannkommunen 82 procent."),
        ("Bygga 12 km väg", "Vägen till Ekhallen är 14 km lång."),
    ],
)
def test_figures_that_answer_no_target(assignment: str, sentence: str) -> None:
    assert found(assignment, sentence) == []


def test_only_the_figures_of_the_reports_year_count() -> None:
    tokens = tokenise("2024 var andelen 82 procent.")
    assert [tag.kind for tag in find_targets(tokens, "Minst 80 procent", 2024)] == ["met"]
    assert find_targets(tokens, "Minst 80 procent", 2025) == []


WORDS = st.sampled_from(
    ["minst", "80", "procent", "målet", "på", "av", "fem", "en", "2 300", "§", "från", ",", "bland de", "/"]
)


@given(*(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12) for _ in range(2)))
def test_any_text_gives_tags_in_order(words: list[str], title: list[str]) -> None:
    tokens = tokenise(" ".join(words))
    tags = find_targets(tokens, " ".join(title))
    assert [tag.first for tag in tags] == sorted(tag.first for tag in tags)
    assert all(0 <= tag.first < tag.last <= len(tokens) for tag in tags)
