// Documents for the tests of the pages, made up: four meetings of one process, language versions of one declaration, a
// report of many paragraphs, and one that tries to be markup. Counts in tests follow from them.

/** Markup and marks that must be shown as text. */
export const HOSTILE = "</title><script>alert('x')</script><img src=x onerror=alert(1)> \u202Eevil\u2066 & \"quoted\"";

const themes = ["protection-rights.consular", "health", "development", "borders-documents"];

const meetings = Array.from({ length: 4 }, (_, number) => {
  const year = 2010 + number;
  return {
    id: `rcm-meeting-${year}`,
    title: `Report of the ${year} meeting on seasonal work and consular services`,
    type: "summary-report",
    languages: ["en"],
    date: `${year}-05-0${number + 1}/${year}-05-0${number + 2}`,
    rcps: ["rcm"],
    themes: [themes[number % themes.length]],
    regions: [],
    venue: "San José, Costa Rica",
    event: { series: "rcm", ordinal: 15 + number, name: `Meeting ${15 + number} of the Regional Conference on Migration` },
    url: `https://example.org/rcm/${year}.pdf`,
    text: [
      `Report of the ${year} meeting on seasonal work and consular services`,
      "INTRODUCTION",
      `1. Delegates of ${year} spoke of sovereignty and of the dignity of migrant workers.`,
      "2. The private sector was thanked for its part in the dialogue on seasonal work.",
      "CONSULAR SERVICES",
      "3. Consular protection of migrant workers was compared, and a compendium of practices was asked for.",
      "4. Human trafficking was discussed in a session of its own, with the private sector present.",
      "RECOMMENDATIONS",
      "5. The meeting recommends that consular networks share their calendars of mobile visits.",
    ].join("\n\n"),
  };
});

const declaration = (language, title, text) => ({
  id: `sacm-declaration-2009-${language}`,
  title,
  type: "declaration",
  languages: [language],
  date: "2009-09-22",
  rcps: ["sacm"],
  themes: ["protection-rights"],
  regions: [],
  work: "sacm-declaration-2009",
  text: [title, ...text].join("\n\n"),
});

const declarations = [
  declaration("en", "Declaration on the rights of migrants", [
    "Recognizing that migrants contribute to the societies that receive them,",
    "1. The countries commit themselves to the protection of the rights of migrants.",
    "2. They will cooperate against human trafficking.",
  ]),
  declaration("es", "Declaración sobre los derechos de los migrantes", [
    "Reconociendo que los migrantes contribuyen a las sociedades que los reciben,",
    "1. Los países se comprometen a proteger los derechos de los migrantes.",
    "2. Cooperarán contra la trata de personas.",
  ]),
  declaration("fr", "Déclaration sur les droits des migrants", [
    "Reconnaissant que les migrants contribuent aux sociétés qui les accueillent,",
    "1. Les pays s’engagent à protéger les droits des migrants.",
    "2. Ils coopéreront contre la traite des êtres humains.",
  ]),
];

const long = {
  id: "bali-process-report-2016",
  title: "Report on pathways, returns and the private sector",
  type: "summary-report",
  languages: ["en"],
  date: "2016-03-22",
  rcps: ["bali-process"],
  themes: ["return-reintegration"],
  regions: [],
  text: ["Report on pathways, returns and the private sector", ...Array.from({ length: 60 }, (_, number) =>
    `${number + 1}. Paragraph ${number + 1} tells of ${number % 5 === 0 ? "returns with the private sector" : "pathways for workers"} and of what was agreed there.`)].join("\n\n"),
};

const hostile = {
  id: "hostile-title",
  title: `Notes on gates ${HOSTILE}`,
  type: "other",
  languages: ["en"],
  year: 2014,
  rcps: ["bali-process"],
  themes: [],
  regions: [],
  event: { series: "bali-process", ordinal: 6, name: `Meeting of gates ${HOSTILE}` },
  text: ["Notes", `1. A gate of words: ${HOSTILE} and the end of the gate.`].join("\n\n"),
};

/**
 * Titles that would like to be more than text: markup, beginnings of formulas, entries of bibliographies, turned writing. Links are
 * taken out of titles when they are read, what stands in them stays.
 */
export const TITLES = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onfocus='alert(1)' autofocus='",
  "</li></ol><form action=//evil.example><input name=q>", "<iframe srcdoc=\"<script>parent.alert(1)</script>\">", "]]><x xmlns=\"evil\"/>",
  "<a href=\"javascript:alert(1)\">javascript:alert(1)</a>",
  "=HYPERLINK(\"https://evil.example/\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "＝1+1",
  "A title} @book{evil, title={x", "A title \u202Edesrever\u2066",
];

const quarries = TITLES.map((title, number) => ({
  id: `quarry-${number}`,
  title,
  type: "other",
  languages: ["en"],
  year: 2014,
  rcps: ["almaty-process"],
  themes: [],
  regions: [],
  venue: title,
  event: { series: "almaty-process", ordinal: number + 1, name: title },
  text: [`Notes of quarry ${number}`, `1. A quarry, number ${number}, of words: ${title} and the end of it.`].join("\n\n"),
}));

/** Every document: metadata, and `text`. */
export const documents = [...meetings, ...declarations, long, hostile, ...quarries];
