import { formatNumber, formatPercent } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import { formatSetting } from "#src/insights/format-setting.ts";
import { type Certainty, samplingInWords } from "#src/insights/sensitivity/certainty.ts";
import {
  elasticityInWords,
  factorRange,
  figureTitle,
  figureValue,
  intervalInWords,
} from "#src/insights/sensitivity/certainty-in-words.ts";
import { markdownTable, plainMarkdown } from "./markdown-text.ts";

/** What the ranges of the design leave open: the ranges, the intervals that follow, and which of them matters most for each. */
export function certaintySections(design: Design, certainty: Certainty | null): readonly (readonly string[])[] {
  if (certainty === null || certainty.samples === 0) return [];
  const nameOf = (id: string): string => design.nodes.get(id)?.name ?? id;
  const figures = certainty.figures.flatMap((found) => {
    const interval = intervalInWords(found);
    const [most] = found.influences;
    const factor = certainty.factors[most?.factor ?? -1];
    // What no range moves has no interval to speak of.
    if (interval === null || most === undefined || factor === undefined) return [];
    const unbounded = found.interval?.unboundedShare ?? 0;
    return [
      [
        figureTitle(design, found.figure),
        figureValue(found.figure, found.likely),
        interval,
        unbounded === 0 ? "" : formatPercent(unbounded, { digits: 2 }),
        factor.title,
        elasticityInWords(most) ?? "",
      ],
    ];
  });
  const first = certainty.breaksFirst
    .map(({ node, share }) => `${plainMarkdown(nameOf(node))} in ${formatPercent(share, { digits: 2 })}`)
    .join(", ");
  return [
    ["## How certain these figures are"],
    [
      `${formatNumber(certainty.samples)} designs were drawn from the ranges below: ${samplingInWords} (seed ${certainty.seed}). Nine in ten of them lie in each interval.`,
    ],
    markdownTable(["Figure", "Likely", "5 % to 95 %", "No bound in", "Matters most", ""], figures),
    first === "" ? [] : [`Full first: ${first} of them.`],
    markdownTable(
      ["Range of", "Likely", "From, to"],
      certainty.factors.map((factor) => [factor.title, formatSetting(factor.likely, factor.unit), factorRange(factor)]),
    ),
  ];
}
