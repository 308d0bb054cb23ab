import { Copy, Download, Grid2x2, List, Moon, PanelRight, Play, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../button.tsx";
import { IconButton } from "../icon-button.tsx";
import { ContextMenu, Menu, MenuAtPoint, type MenuEntry } from "../menu.tsx";
import { NumberField } from "../number-field.tsx";
import { Popover } from "../popover.tsx";
import { ResizablePane } from "../resizable-pane.tsx";
import { SearchField } from "../search-field.tsx";
import { SegmentedControl } from "../segmented-control.tsx";
import { SelectField } from "../select-field.tsx";
import { Slider } from "../slider.tsx";
import { SwitchField } from "../switch-field.tsx";
import { Tabs } from "../tabs.tsx";
import { TextField } from "../text-field.tsx";
import { Card } from "./card.tsx";
import styles from "./gallery.module.css";

const TAB_NAMES = ["Overview", "Paths", "Capacity", "Load curve", "Failures", "Availability", "Data", "Cost"];

export function Controls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Panes />
    </>
  );
}

function Buttons() {
  const [grid, setGrid] = useState(true);
  const [point, setPoint] = useState<{ x: number; y: number } | null>(null);
  const items: readonly MenuEntry[] = [
    { id: "copy", label: "Copy", icon: <Copy />, shortcut: "Ctrl+C", onSelect: () => undefined },
    {
      id: "export",
      label: "Export",
      icon: <Download />,
      disabledReason: "Select something first",
      onSelect: () => undefined,
    },
    { id: "grid", label: "Show the grid", checked: grid, onSelect: () => setGrid(!grid) },
    {
      kind: "submenu",
      id: "more",
      label: "Arrange",
      items: [{ id: "front", label: "To front", onSelect: () => undefined }],
    },
    { kind: "separator", id: "line" },
    { id: "delete", label: "Delete", icon: <Trash2 />, shortcut: "Delete", danger: true, onSelect: () => undefined },
  ];
  return (
    <Card title="Buttons, menus and popovers">
      <div className={styles["stack"]}>
        <div className={styles["line"]}>
          <Button>Simulate</Button>
          <Button variant="primary">Export</Button>
          <Button variant="quiet">Cancel</Button>
          <Button variant="danger">Delete design</Button>
          <Button disabled>Undo</Button>
        </div>
        <div className={styles["line"]}>
          <Button size="small" icon={<Plus />}>
            Add target
          </Button>
          <Button size="small" variant="primary" icon={<Play />}>
            Run
          </Button>
          <IconButton label="Dark theme" shortcut="Alt+Shift+D" icon={<Moon />} />
          <IconButton label="Panel" icon={<PanelRight />} pressed />
          <IconButton label="Delete" icon={<Trash2 />} size="small" variant="default" />
        </div>
        <div className={styles["line"]}>
          <Menu trigger={<Button>Menu</Button>} items={items} />
          <ContextMenu items={items}>
            <Button>Right click here</Button>
          </ContextMenu>
          <Button onClick={(event) => setPoint({ x: event.clientX, y: event.clientY })}>Menu at a point</Button>
          <MenuAtPoint point={point} label="At a point" items={items} onClose={() => setPoint(null)} />
          <Popover label="Where it comes from" trigger={<Button>Popover</Button>}>
            <p>Utilisation is the rate times the service time, over the number of servers.</p>
          </Popover>
        </div>
      </div>
    </Card>
  );
}

function Fields() {
  const [name, setName] = useState("URL shortener");
  const [rate, setRate] = useState<number | null>(9240);
  const [time, setTime] = useState<number | null>(0.6);
  const [kind, setKind] = useState("lru");
  const [retries, setRetries] = useState(true);
  const [view, setView] = useState<"grid" | "list">("grid");
  const [search, setSearch] = useState("");
  const [share, setShare] = useState(40);
  return (
    <Card title="Fields">
      <div className={styles["stack"]}>
        <SearchField label="Find a part" placeholder="Find a part" hintKey="/" value={search} onChange={setSearch} />
        <TextField label="Name" value={name} onCommit={setName} hint="Shown on the canvas and in reports." />
        <div className={styles["two"]}>
          <NumberField label="Peak rate" unit="req/s" min={0} step={10} value={rate} onCommit={setRate} />
          <NumberField
            label="Service time"
            unit="ms"
            min={0.001}
            max={60000}
            step={0.1}
            value={time}
            onCommit={setTime}
          />
          <NumberField
            label="Instances"
            integer
            min={1}
            value={null}
            placeholder="4, by default"
            error="At least 1."
            onCommit={() => undefined}
          />
          <SelectField
            label="Eviction"
            value={kind}
            options={[
              { value: "lru", label: "Least recently used" },
              { value: "lfu", label: "Least often used" },
            ]}
            onChange={setKind}
          />
        </div>
        <SwitchField
          label="Retry failed calls"
          checked={retries}
          onChange={setRetries}
          hint="Up to 3 times, with a pause."
        />
        <div className={styles["line"]}>
          <SegmentedControl
            label="View"
            value={view}
            options={[
              { value: "grid", label: "Grid", icon: <Grid2x2 /> },
              { value: "list", label: "List", icon: <List /> },
            ]}
            onChange={setView}
          />
        </div>
        <Slider
          label="Hit ratio"
          value={share}
          min={0}
          max={100}
          step={1}
          onChange={setShare}
          valueText={`${share} percent`}
        />
        <TextField label="Notes" multiline value="" placeholder="Why is it here?" onCommit={() => undefined} />
      </div>
    </Card>
  );
}

function Panes() {
  const [tab, setTab] = useState("Overview");
  const [size, setSize] = useState(110);
  const [collapsed, setCollapsed] = useState(false);
  return (
    <Card title="Tabs and panes">
      <div className={styles["stack"]}>
        <div className={styles["tabs"]}>
          <Tabs
            label="Analysis"
            value={tab}
            onChange={setTab}
            tabs={TAB_NAMES.map((name) => ({
              id: name,
              label: name,
              content: <p className={styles["pane"]}>{name} of this design.</p>,
            }))}
          />
        </div>
        <div className={styles["panes"]}>
          <ResizablePane
            label="Palette"
            side="left"
            size={size}
            min={80}
            max={220}
            collapsed={collapsed}
            onSizeCommit={setSize}
            onCollapsedChange={setCollapsed}
          >
            <p className={styles["pane"]}>Palette</p>
          </ResizablePane>
          <div className={styles["middle"]}>Canvas</div>
        </div>
      </div>
    </Card>
  );
}
