//! Function words: what tells a language in a sentence or two, faster and surer than its letters.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The languages whose words are counted: those that are analysed, and those that are taken for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Spanish,
    French,
    Portuguese,
    Italian,
    German,
}

const TONGUES: [(Tongue, &str); 6] = [
    (
        Tongue::English,
        "a also an and are as at be been between but by for from had has have he her his if in into is it its may more no \
         not of on or our over shall she should such than that the their them there these they this those through to \
         under upon was we were when which who will with within would",
    ),
    (
        Tongue::Spanish,
        "a al ante así aún bajo como con contra cuando cual cuales de del desde donde e el ella ellos en entre es esta \
         estas este esto estos está están fue fueron ha hacia han hasta la las lo los mediante mientras más muy \
         ni no o para pero por que quien quienes se sea según ser si sido sin sobre son su sus también tanto todas todos \
         tras u un una y ya",
    ),
    (
        Tongue::French,
        "a afin ainsi après au aussi aux avec c ce ces cet cette chez comme d dans de depuis des dont du elle elles en \
         entre est et eux il ils je l la le les leur leurs lors lui mais mettre même n ne nos notre nous on ont ou où par \
         pas plus pour qu que qui s sa sans se selon ses si son sont sous sur toutes tous très un une vers vos vous y à \
         été être",
    ),
    (
        Tongue::Portuguese,
        "a ainda ao aos as até com como da das de do dos e em entre foi foram há isso já mais mas muito na nas nem no nos \
         não o os ou para pela pelas pelo pelos por que se sem ser seu seus sob sobre sua suas são também tem um uma às à \
         é",
    ),
    (
        Tongue::Italian,
        "a ad agli ai al alla alle anche che come con da dai dal dalla dalle degli dei del della delle di e ed gli ha hanno \
         i il in la le lo loro ma nei nel nella nelle non o per più quale questa questo se si sono su sul sulla tra un \
         una è",
    ),
    (
        Tongue::German,
        "als am an auch auf aus bei das dass dem den der des die durch ein eine einem einen einer es für haben hat ihre im \
         in ist mit nach nicht oder sich sie sind sowie um und von vor werden wird wurde zu zum zur über",
    ),
];

/// The first so many of [`TONGUES`] are analysed; the others are there so as not to be taken for them.
const ANALYSED: usize = 3;

/// Longest function word, in bytes.
const MAX_WORD: usize = 9;

/// Share of the words of a text that are function words of its language, at least, in percent: some 45 in running text.
const MIN_SHARE: usize = 20;

/// For each function word the languages that have it, one bit each.
static WORDS: LazyLock<BTreeMap<&str, u8>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, u8> = BTreeMap::new();
    for (index, (_, list)) in TONGUES.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= 1 << index;
        }
    }
    words
});

/// The language of a text by its function words; `None` where they do not tell.
///
/// They tell where a fifth of the words are such words of one language, and it has two more of them than any other
/// language (an analysed one, one more than those that are not), or a fifth more in a longer text.
pub(super) fn tell(text: &str) -> Option<Tongue> {
    let mut hits = [0_usize; TONGUES.len()];
    let mut count = 0;
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_alphabetic)) {
        count += 1;
        if word.len() > MAX_WORD {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let languages = WORDS.get(lower.as_str()).copied().unwrap_or(0);
        for (index, hits) in hits.iter_mut().enumerate() {
            *hits += usize::from(languages >> index & 1);
        }
    }
    let (best, &most) = hits.iter().enumerate().rev().max_by_key(|(_, hits)| **hits)?;
    let leads = hits.iter().enumerate().filter(|(index, _)| *index != best).all(|(index, hits)| {
        let least = if index < ANALYSED || best >= ANALYSED { 2 } else { 1 };
        most >= hits + least.max(most / 5)
    });
    (leads && most * 100 >= count * MIN_SHARE).then(|| TONGUES.get(best).map(|(tongue, _)| *tongue))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_by_their_function_words() {
        for (text, expected) in [
            ("The head of delegation", Some(Tongue::English)),
            ("States agreed to cooperate in the return of migrants.", Some(Tongue::English)),
            ("Los Estados acordaron cooperar en el retorno de las personas migrantes.", Some(Tongue::Spanish)),
            ("La declaración de la Conferencia en el marco de una reunión", Some(Tongue::Spanish)),
            ("Les États sont convenus de coopérer dans le domaine du retour.", Some(Tongue::French)),
            ("L’OIM et les États de la région", Some(Tongue::French)),
            ("Os Estados decidem reforçar a cooperação no combate ao tráfico de pessoas.", Some(Tongue::Portuguese)),
            ("Gli Stati hanno deciso di cooperare nel campo della migrazione.", Some(Tongue::Italian)),
            ("Die Staaten haben sich auf die Rückkehr der Migranten geeinigt.", Some(Tongue::German)),
            ("Budapest Process / Processus de Budapest / Proceso de Budapest", None),
            ("RCM SACM 2010", None),
            ("Uluslararası göç örgütü ile bölgesel süreçler arasında yeni bir iş birliği", None),
            ("", None),
        ] {
            assert_eq!(tell(text), expected, "{text}");
        }
    }
}
