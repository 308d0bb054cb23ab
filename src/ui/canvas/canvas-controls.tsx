import { Maximize, Minus, Network, Plus } from "lucide-react";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { useAction } from "#src/ui/use-session.ts";
import styles from "./canvas.module.css";
import { useZoomPercent } from "./flow-view.ts";

/** Zoom, fit and automatic layout, at the edge of the canvas. */
export function CanvasControls() {
  const percent = useZoomPercent();
  const natural = useAction("zoom-natural");
  return (
    <div className={styles["controls"]} role="toolbar" aria-label="View">
      <ActionButton id="zoom-out" icon={<Minus />} />
      <button
        type="button"
        className={styles["percent"]}
        aria-label={`Zoom ${percent} %. Set to 100 %`}
        onClick={() => natural?.action.run()}
      >
        {percent} %
      </button>
      <ActionButton id="zoom-in" icon={<Plus />} />
      <ActionButton id="fit" icon={<Maximize />} />
      <ActionButton id="arrange" icon={<Network />} />
    </div>
  );
}

function ActionButton({ id, icon }: { readonly id: string; readonly icon: React.ReactNode }) {
  const found = useAction(id);
  if (found === null) return null;
  const { action, disabledReason } = found;
  return (
    <IconButton
      label={action.name}
      icon={icon}
      size="small"
      shortcut={action.shortcuts[0]}
      tooltipSide="top"
      aria-disabled={disabledReason !== null}
      onClick={() => disabledReason === null && action.run()}
    />
  );
}
