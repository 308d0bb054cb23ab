import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./table.module.css";
import { nextSort, type Sort, type SortValue, sortRows } from "./table-sort.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Given: the column can be sorted. */
  readonly sortValue?: (row: Row) => SortValue;
  /** Figures stand at the end. */
  readonly align?: "start" | "end";
  readonly width?: number | string;
  /** Left out while the table is narrow, so that no column is cut. */
  readonly needsRoom?: boolean;
}

interface TableProps<Row> {
  /** What the table shows, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly initialSort?: Sort;
  readonly selectedKey?: string | null;
  readonly onSelect?: (key: string) => void;
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: Sort | null;
  readonly onSort: () => void;
}) {
  const direction = sort?.columnId === column.id ? sort.direction : undefined;
  return (
    <th
      scope="col"
      className={classNames(
        column.align === "end" && styles["end"],
        column.needsRoom === true && styles["needsRoom"],
        direction !== undefined && styles["sorted"],
      )}
      style={column.width === undefined ? undefined : { width: column.width }}
      aria-sort={direction}
    >
      {column.sortValue === undefined ? (
        column.header
      ) : (
        <button type="button" className={styles["sort"]} onClick={onSort}>
          {column.header}
          {direction === "ascending" ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
        </button>
      )}
    </th>
  );
}

/** A dense table. With `onSelect` rows are chosen by press or by arrow keys and Enter. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  initialSort,
  selectedKey = null,
  onSelect,
}: TableProps<Row>) {
  const [sort, setSort] = useState<Sort | null>(initialSort ?? null);
  const sorted = useMemo(() => {
    const sortValue = columns.find((column) => column.id === sort?.columnId)?.sortValue;
    return sort === null || sortValue === undefined ? rows : sortRows(rows, sortValue, sort.direction);
  }, [rows, columns, sort]);
  const keys = sorted.map(rowKey);
  const tabStop = selectedKey !== null && keys.includes(selectedKey) ? selectedKey : keys[0];

  function onRowKeyDown(event: KeyboardEvent<HTMLTableRowElement>, key: string): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onSelect?.(key);
      return;
    }
    const row = event.currentTarget;
    const target =
      event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
    if (target instanceof HTMLElement) {
      event.preventDefault();
      target.focus();
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group that scrolls, not a set of form fields.
    <div
      className={styles["frame"]}
      tabIndex={onSelect === undefined ? 0 : undefined}
      role="group"
      aria-label={caption}
    >
      <table
        className={classNames(styles["table"], onSelect !== undefined && styles["selectable"])}
        role={onSelect === undefined ? undefined : "grid"}
      >
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head
                key={column.id}
                column={column}
                sort={sort}
                onSort={() => {
                  const sample = rows.map((row) => column.sortValue?.(row) ?? null).find((value) => value !== null);
                  setSort(nextSort(sort, column.id, sample ?? null));
                }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const key = rowKey(row);
            const choice =
              onSelect === undefined
                ? {}
                : {
                    tabIndex: key === tabStop ? 0 : -1,
                    "aria-selected": key === selectedKey,
                    onClick: () => onSelect(key),
                    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onRowKeyDown(event, key),
                  };
            return (
              <tr key={key} {...choice}>
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={classNames(
                      column.align === "end" && styles["end"],
                      column.needsRoom === true && styles["needsRoom"],
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
