import { ArrowLeft, Download } from "lucide-react";
import { useEffect } from "react";
import { formatCount } from "#src/base/format.ts";
import { fidelityMarkdown } from "#src/exchange/fidelity-markdown.ts";
import { errorText, type FidelityRow } from "#src/insights/fidelity/fidelity-row.ts";
import { fidelityTable } from "#src/insights/fidelity/fidelity-table.ts";
import { download } from "#src/ui/download.ts";
import { Badge } from "#src/ui/kit/badge.tsx";
import { Button } from "#src/ui/kit/button.tsx";
import { PageBar } from "#src/ui/kit/page-bar.tsx";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import styles from "./fidelity.module.css";

const columns: readonly Column<FidelityRow>[] = [
  {
    id: "model",
    header: "Model",
    width: "20%",
    sortValue: (row) => row.model,
    cell: (row) => (
      <span className={styles["model"]}>
        <Badge tone={row.exactness === "exact" ? "load" : "near"}>
          {row.exactness === "exact" ? "Exact" : "Approximation"}
        </Badge>
        <span>{row.model}</span>
      </span>
    ),
  },
  { id: "figure", header: "Figure", width: "15%", cell: (row) => row.figure },
  { id: "against", header: "Compared with", width: "20%", cell: (row) => row.against },
  { id: "cases", header: "Cases", align: "end", sortValue: (row) => row.cases, cell: (row) => row.cases },
  {
    id: "mean",
    header: "Mean error",
    align: "end",
    sortValue: (row) => row.meanErrorPercent,
    cell: (row) => errorText(row.meanErrorPercent),
  },
  {
    id: "worst",
    header: "Worst error",
    align: "end",
    sortValue: (row) => row.worstErrorPercent,
    cell: (row) => errorText(row.worstErrorPercent),
  },
  {
    id: "allowed",
    header: "Allowed",
    align: "end",
    sortValue: (row) => row.tolerancePercent,
    cell: (row) => errorText(row.tolerancePercent),
  },
  { id: "case", header: "Worst case", width: "13%", cell: (row) => row.worstCase },
  { id: "breaks", header: "Breaks where", width: "16%", cell: (row) => row.breaksWhere },
];

/** How far every model is from theory and measurement, as the tests found it. */
export function FidelityPage({ onHome }: { readonly onHome: () => void }) {
  useEffect(() => {
    document.title = "How right the numbers are – Plimsoll";
    return () => {
      document.title = "Plimsoll";
    };
  }, []);
  const rows = fidelityTable.flatMap((section) => section.rows);
  const cases = rows.reduce((sum, row) => sum + row.cases, 0);
  return (
    <div className={styles["page"]}>
      <PageBar>
        <Button icon={<ArrowLeft size={16} />} onClick={onHome}>
          All designs
        </Button>
        <Button
          icon={<Download size={16} />}
          onClick={() => download("plimsoll-fidelity.md", fidelityMarkdown(fidelityTable))}
        >
          Download as Markdown
        </Button>
      </PageBar>
      <main className={styles["content"]}>
        <div className={styles["lead"]}>
          <h1>How right the numbers are</h1>
          <p>
            Every model is compared with exact theory, published tables or independent computation each time the tests
            run: {formatCount(cases)} cases in {formatCount(rows.length)} comparisons. An exact model differs from its
            truth by rounding, or by no more than the digits or the interval of that truth. For an approximation the
            worst case found and where it breaks are named.
          </p>
        </div>
        {fidelityTable.map(({ subject, rows: own }) => (
          <section key={subject} className={styles["section"]}>
            <h2>{subject}</h2>
            <Table
              caption={`${subject}: models with their errors`}
              columns={columns}
              rows={own}
              rowKey={(row) => `${row.model}|${row.figure}|${row.against}`}
            />
          </section>
        ))}
      </main>
    </div>
  );
}
