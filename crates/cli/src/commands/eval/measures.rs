//! [`Measures`]: how good the answers to queries are, as `trec_eval` defines it.

use super::judgements::Judged;

/// Answers that count for nDCG and MRR.
const TOP: usize = 10;

/// Measures of the answers to one query, or their means over several; each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Measures {
    /// `ndcg_cut_10`: Σ grade / log2(rank + 1) over the first 10 answers, by that of the best possible answers. A grade
    /// below 1 gains nothing.
    pub(super) ndcg: f64,
    /// `map`: mean over all relevant documents of the precision at their rank, 0 for those that are no answer.
    pub(super) map: f64,
    /// `recall_100`, given 100 answers: share of the relevant documents among them.
    pub(super) recall: f64,
    /// `recip_rank` of the first 10: one by the rank of the first relevant document among them, else 0.
    pub(super) mrr: f64,
}

impl Measures {
    /// The measures with their names.
    pub(super) fn named(&self) -> [(&'static str, f64); 4] {
        [("nDCG@10", self.ndcg), ("MAP", self.map), ("R@100", self.recall), ("MRR@10", self.mrr)]
    }

    /// Measures the answers to a query, best first; `None` where no document is relevant: such a query counts nowhere.
    pub(super) fn of(answers: &[&str], judged: &Judged) -> Option<Measures> {
        let grade = |id: &&str| judged.get(*id).copied().unwrap_or(0);
        let relevant = judged.values().filter(|&&grade| grade >= 1).count();
        if relevant == 0 {
            return None;
        }
        let mut best: Vec<i64> = judged.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let (mut found, mut precisions) = (0, 0.0);
        for (rank, _) in (1..).zip(answers).filter(|(_, id)| grade(id) >= 1) {
            found += 1;
            precisions += f64::from(found) / f64::from(rank);
        }
        let first = answers.iter().take(TOP).position(|id| grade(id) >= 1);
        Some(Measures {
            ndcg: gain(answers.iter().map(grade)) / gain(best.into_iter()),
            map: precisions / relevant as f64,
            recall: f64::from(found) / relevant as f64,
            mrr: first.map_or(0.0, |place| 1.0 / (place as f64 + 1.0)),
        })
    }

    /// The mean of each measure; `None` of nothing.
    pub(super) fn mean(of: &[Measures]) -> Option<Measures> {
        let mean = |measure: fn(&Measures) -> f64| of.iter().map(measure).sum::<f64>() / of.len() as f64;
        let mean = || Measures {
            ndcg: mean(|m| m.ndcg),
            map: mean(|m| m.map),
            recall: mean(|m| m.recall),
            mrr: mean(|m| m.mrr),
        };
        (!of.is_empty()).then(mean)
    }
}

/// Discounted cumulated gain of grades in the order of their ranks.
fn gain(grades: impl Iterator<Item = i64>) -> f64 {
    let gain = |(rank, grade): (u32, i64)| grade.max(0) as f64 / (f64::from(rank) + 1.0).log2();
    // Not `sum`, which begins with -0: no answer is shown as 0.
    (1..).zip(grades.take(TOP)).map(gain).fold(0.0, |sum, gain| sum + gain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(grades: &[(&str, i64)]) -> Judged {
        grades.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect()
    }

    #[track_caller]
    fn check(answers: &[&str], grades: &[(&str, i64)], expected: [f64; 4]) {
        let measures = Measures::of(answers, &judged(grades)).unwrap().named().map(|(_, value)| value);
        for (measure, expected) in measures.iter().zip(expected) {
            assert!((measure - expected).abs() < 1e-9, "{measures:?}, not {expected}");
        }
    }

    /// Worked out by hand from the definitions.
    #[test]
    fn measures_are_those_of_trec_eval() {
        let all = [1.0; 4];
        check(&["a"], &[("a", 1)], all);
        check(&["a", "b"], &[("a", 2), ("b", 1)], all);
        check(&[], &[("a", 1)], [0.0; 4]);
        let nothing = Measures::of(&[], &judged(&[("a", 1)])).unwrap();
        assert!(nothing.named().iter().all(|(_, value)| value.is_sign_positive()), "{nothing:?}");
        check(&["x", "y"], &[("a", 1)], [0.0; 4]);
        // Ranks 1, 3 and 4 of four relevant documents, one of which is no answer:
        // gain 1/1 + 3/2 + 2/log2(5) = 3.361353, best 3/1 + 2/log2(3) + 1/2 + 1/log2(5) = 5.192536;
        // precisions (1/1 + 2/3 + 3/4) / 4.
        let grades = [("a", 1), ("b", 3), ("c", 2), ("d", 1), ("e", 0)];
        let ndcg = (1.0 + 3.0 / 2.0 + 2.0 / 5_f64.log2()) / (3.0 + 2.0 / 3_f64.log2() + 0.5 + 1.0 / 5_f64.log2());
        check(&["a", "e", "b", "c"], &grades, [ndcg, (1.0 + 2.0 / 3.0 + 0.75) / 4.0, 0.75, 1.0]);
        assert!((ndcg - 0.647_344).abs() < 1e-6);
        // Half of the relevant ones at rank 2: precision 1/2, reciprocal rank 1/2, gain 1/log2(3) of 1 + 1/log2(3).
        check(&["x", "a"], &[("a", 1), ("b", 1)], [0.386_852_807, 0.25, 0.5, 0.5]);
    }

    #[test]
    fn only_ten_answers_count_for_gain_and_first_rank() {
        let mut answers: Vec<&str> = vec!["x"; 10];
        answers.push("a");
        check(&answers, &[("a", 1)], [0.0, 1.0 / 11.0, 1.0, 0.0]);
        // Twelve relevant documents: the ideal has ten of them.
        let ids: Vec<String> = (0..12).map(|number| format!("d{number}")).collect();
        let grades: Vec<(&str, i64)> = ids.iter().map(|id| (id.as_str(), 1)).collect();
        let answers: Vec<&str> = ids.iter().map(String::as_str).collect();
        check(&answers, &grades, [1.0; 4]);
    }

    #[test]
    fn a_negative_grade_is_as_good_as_none() {
        check(&["spam", "a"], &[("spam", -2), ("a", 1)], [1.0 / 3_f64.log2(), 0.5, 1.0, 0.5]);
    }

    #[test]
    fn a_query_without_a_relevant_document_has_no_measures() {
        assert_eq!(Measures::of(&["a"], &judged(&[("a", 0), ("b", -1)])), None);
        assert_eq!(Measures::of(&["a"], &judged(&[])), None);
    }

    #[test]
    fn a_mean_counts_every_query_once() {
        let [one, none] = [1.0, 0.0].map(|value| Measures { ndcg: value, map: value, recall: value, mrr: value });
        assert_eq!(Measures::mean(&[one, none, none, none]).unwrap().named().map(|(_, value)| value), [0.25; 4]);
        assert_eq!(Measures::mean(&[]), None);
    }
}
