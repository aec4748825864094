// Made-up documents, by which tests know what must be counted.

const THEMES = ["protection-rights.consular", "protection-rights", "health", "development"];
const PROCESSES = ["rcm", "sacm", "bali-process"];

/** A title that must be escaped. */
const title = (year) => `Meeting of ${year} on borders & gates`;

/** Twelve documents, one a year from 2001 to 2012: `id`, `title`, `text` and what they are about. */
export const documents = Array.from({ length: 12 }, (_, number) => {
  const year = 2001 + number;
  return {
    id: `meeting-${year}`,
    title: title(year),
    type: "summary-report",
    languages: ["en"],
    date: `${year}-05-0${1 + (number % 9)}`,
    rcps: [PROCESSES[number % 3]],
    themes: [THEMES[number % 4]],
    regions: [],
    text: [
      title(year),
      `1. Delegates of ${year} spoke of sovereignty, of fewer steps (3 < 4) & of the dignity of travellers.`,
      number % 2 === 0
        ? "2. The private sector was thanked for its part in the dialogue on seasonal work."
        : "2. Consular services were compared, and a compendium of practices was asked for.",
    ].join("\n\n"),
  };
});
