interface PlimsollMarkProps {
  /** Pixels. */
  readonly size?: number;
  /** Given: an image with this name; without it, decoration. */
  readonly title?: string;
}

/** The product's sign: a circle crossed by a line. Takes the colour of the text around it. */
export function PlimsollMark({ size = 20, title }: PlimsollMarkProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label when it has a name; a title element would add a tooltip.
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.25}
      strokeLinecap="round"
      {...(title === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": title })}
    >
      <circle cx={12} cy={12} r={7.25} />
      <path d="M1.5 12h21" />
    </svg>
  );
}
