import { Check, ChevronRight } from "lucide-react";
import { ContextMenu as ContextPrimitive, Portal, DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { shownKeys } from "./kbd.tsx";
import styles from "./menu.module.css";
import { usePortalContainer } from "./portal-container.tsx";

interface MenuAction {
  readonly kind?: "action";
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean;
  /** Given: the action cannot be done now, and why. */
  readonly disabledReason?: string | undefined;
  /** Given: a choice that is on or off. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

interface MenuSeparator {
  readonly kind: "separator";
  readonly id: string;
}

interface MenuGroup {
  readonly kind: "group";
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuEntry[];
}

interface Submenu {
  readonly kind: "submenu";
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly items: readonly MenuEntry[];
}

export type MenuEntry = MenuAction | MenuSeparator | MenuGroup | Submenu;

/** The two families of primitives have the same parts; the entries are written once for both. */
type Parts = typeof Primitive | typeof ContextPrimitive;

/** One entry with a sign makes room for a sign in all of them, so that the words stand in line. */
function haveSigns(entries: readonly MenuEntry[]): boolean {
  return entries.some((entry) => {
    if (entry.kind === "separator") return false;
    if (entry.kind === "group") return haveSigns(entry.items);
    return entry.icon !== undefined || (entry.kind !== "submenu" && entry.checked !== undefined);
  });
}

interface EntryProps {
  readonly entry: MenuEntry;
  readonly parts: Parts;
  readonly signs: boolean;
}

function Entry({ entry, parts, signs }: EntryProps) {
  if (entry.kind === "separator") return <parts.Separator className={styles["separator"]} />;
  if (entry.kind === "group") {
    return (
      <parts.Group>
        <parts.Label className={styles["heading"]}>{entry.label}</parts.Label>
        <Entries entries={entry.items} parts={parts} signs={signs} />
      </parts.Group>
    );
  }
  if (entry.kind === "submenu") {
    return (
      <parts.Sub>
        <parts.SubTrigger className={styles["item"]}>
          {signs ? <span className={styles["icon"]}>{entry.icon}</span> : null}
          <span className={styles["label"]}>{entry.label}</span>
          <span className={styles["icon"]}>
            <ChevronRight />
          </span>
        </parts.SubTrigger>
        <parts.SubContent className={styles["menu"]} sideOffset={2} collisionPadding={8}>
          <Entries entries={entry.items} parts={parts} />
        </parts.SubContent>
      </parts.Sub>
    );
  }
  const face = (
    <>
      {signs ? (
        <span className={styles["icon"]}>{entry.checked === undefined ? entry.icon : entry.checked && <Check />}</span>
      ) : null}
      <span className={styles["label"]}>
        {entry.label}
        {entry.disabledReason === undefined ? null : <span className={styles["reason"]}>{entry.disabledReason}</span>}
      </span>
      {entry.shortcut === undefined ? null : <span className={styles["keys"]}>{shownKeys(entry.shortcut)}</span>}
    </>
  );
  const shared = {
    className: classNames(styles["item"], entry.danger === true && styles["danger"]),
    disabled: entry.disabledReason !== undefined,
    onSelect: entry.onSelect,
  };
  return entry.checked === undefined ? (
    <parts.Item {...shared}>{face}</parts.Item>
  ) : (
    <parts.CheckboxItem {...shared} checked={entry.checked}>
      {face}
    </parts.CheckboxItem>
  );
}

function Entries({
  entries,
  parts,
  signs = haveSigns(entries),
}: {
  readonly entries: readonly MenuEntry[];
  readonly parts: Parts;
  readonly signs?: boolean;
}) {
  return entries.map((entry) => <Entry key={entry.id} entry={entry} parts={parts} signs={signs} />);
}

interface MenuProps {
  /** One button. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuEntry[];
  readonly align?: "start" | "center" | "end";
}

export function Menu({ trigger, items, align = "start" }: MenuProps) {
  const container = usePortalContainer();
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content className={styles["menu"]} align={align} sideOffset={4} collisionPadding={8}>
          <Entries entries={items} parts={Primitive} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface ContextMenuProps {
  readonly items: readonly MenuEntry[];
  /** One element; a right click, a long press or the menu key on it opens the menu. */
  readonly children: ReactNode;
}

export function ContextMenu({ items, children }: ContextMenuProps) {
  const container = usePortalContainer();
  return (
    <ContextPrimitive.Root modal={false}>
      <ContextPrimitive.Trigger asChild>{children}</ContextPrimitive.Trigger>
      <ContextPrimitive.Portal container={container}>
        <ContextPrimitive.Content className={styles["menu"]} collisionPadding={8}>
          <Entries entries={items} parts={ContextPrimitive} />
        </ContextPrimitive.Content>
      </ContextPrimitive.Portal>
    </ContextPrimitive.Root>
  );
}

interface MenuAtPointProps {
  /** Client pixels; null: closed. */
  readonly point: { readonly x: number; readonly y: number } | null;
  /** What the menu is about, for screen readers. */
  readonly label: string;
  readonly items: readonly MenuEntry[];
  readonly onClose: () => void;
}

/** A menu opened by the caller at a place, for a canvas that decides itself what was pressed. */
export function MenuAtPoint({ point, label, items, onClose }: MenuAtPointProps) {
  const container = usePortalContainer();
  if (point === null) return null;
  return (
    <Primitive.Root key={`${point.x},${point.y}`} modal={false} open onOpenChange={(open) => open || onClose()}>
      <Portal.Root container={container}>
        <Primitive.Trigger asChild>
          <span className={styles["point"]} style={{ left: point.x, top: point.y }} aria-hidden="true" />
        </Primitive.Trigger>
      </Portal.Root>
      <Primitive.Portal container={container}>
        <Primitive.Content
          className={styles["menu"]}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={label}
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <Entries entries={items} parts={Primitive} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
