import type { ComponentType, ReactElement } from "react";

/** A kind's face on the canvas. */
export interface KindView {
  readonly Icon: ComponentType<{ readonly size?: number }>;
  /** Containers only: how strong the wash behind their content is, 1 the quietest. */
  readonly wash?: 1 | 2 | 3;
}

const shape = /<(path|circle|rect|line|polyline|ellipse)\s([^>]*?)\/>/g;
const attribute = /([a-z0-9]+)="([^"]*)"/g;

/**
 * The icon of a kind, drawn from the text of its `icon.svg` (24 × 24, plain strokes in the colour of the text around it).
 * Decorative: the name stands beside it.
 */
export function iconFromSvg(svg: string): ComponentType<{ readonly size?: number }> {
  const shapes = [...svg.matchAll(shape)].map(([source, name = "path", attributes = ""]): ReactElement => {
    const Shape = name as "path" | "circle" | "rect" | "line" | "polyline" | "ellipse";
    return (
      <Shape
        key={source}
        {...Object.fromEntries([...attributes.matchAll(attribute)].map(([, key, value]) => [key, value]))}
      />
    );
  });
  return function KindIcon({ size = 24 }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shapes}
      </svg>
    );
  };
}
