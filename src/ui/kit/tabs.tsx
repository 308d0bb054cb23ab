import { Tabs as Primitive } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import styles from "./tabs.module.css";

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly badge?: ReactNode;
  readonly content: ReactNode;
}

interface TabsProps {
  /** What the tabs choose between, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Tabs that scroll sideways when the pane is narrow, and fade at the edge where more of them are. Only the shown tab's content is mounted. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = list.current;
    const active = row?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(value)}"]`);
    if (!row || !active) return;
    const margin = 24;
    if (active.offsetLeft < row.scrollLeft + margin) row.scrollLeft = active.offsetLeft - margin;
    const end = active.offsetLeft + active.offsetWidth + margin;
    if (end > row.scrollLeft + row.clientWidth) row.scrollLeft = end - row.clientWidth;
  }, [value]);
  useEffect(() => {
    const row = list.current;
    if (row === null) return;
    const showMore = () => {
      row.toggleAttribute("data-more-before", row.scrollLeft > 1);
      row.toggleAttribute("data-more-after", row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
    };
    const observer = new ResizeObserver(showMore);
    observer.observe(row);
    for (const tab of row.children) observer.observe(tab);
    row.addEventListener("scroll", showMore, { passive: true });
    return () => {
      observer.disconnect();
      row.removeEventListener("scroll", showMore);
    };
  }, []);
  return (
    <Primitive.Root className={styles["root"]} value={value} onValueChange={onChange}>
      <Primitive.List ref={list} className={styles["list"]} aria-label={label}>
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.id} className={styles["tab"]} value={tab.id} data-tab={tab.id}>
            <span className={styles["label"]} data-text={tab.label}>
              {tab.label}
            </span>
            {tab.badge}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.id} className={styles["panel"]} value={tab.id}>
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
