import { useEffect, useRef, useState } from "react";
import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { thumbnailSvg } from "#src/exchange/drawing/thumbnail-svg.ts";
import { useThemeVersion } from "#src/ui/kit/theme.ts";
import styles from "./designs.module.css";

interface ThumbnailProps {
  /** Changes when the design does. */
  readonly version: string;
  readonly load: () => Promise<Design | null>;
}

/** Larger designs would take longer to draw than a card is looked at. */
const mostParts = 600;
const mostRemembered = 100;
const drawn = new Map<string, Promise<string | null>>();

async function draw(load: ThumbnailProps["load"], theme: "light" | "dark"): Promise<string | null> {
  const design = await load();
  if (design === null || design.nodes.size === 0 || design.nodes.size > mostParts) return null;
  const svg = thumbnailSvg(design, catalogue, theme);
  return URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
}

function remembered(key: string, load: ThumbnailProps["load"], theme: "light" | "dark"): Promise<string | null> {
  const known = drawn.get(key);
  if (known !== undefined) return known;
  // A design that cannot be drawn has a card without a picture.
  const picture = draw(load, theme).catch(() => null);
  drawn.set(key, picture);
  const [oldest] = drawn.keys();
  if (drawn.size > mostRemembered && oldest !== undefined) {
    void drawn.get(oldest)?.then((url) => url !== null && URL.revokeObjectURL(url));
    drawn.delete(oldest);
  }
  return picture;
}

/** A small picture of a design, drawn when it first comes into view. */
export function Thumbnail({ version, load }: ThumbnailProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [isSeen, setIsSeen] = useState(false);
  const themeVersion = useThemeVersion();
  const latestLoad = useRef(load);
  latestLoad.current = load;

  useEffect(() => {
    if (frame.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsSeen(true));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is a reason to draw again.
  useEffect(() => {
    if (!isSeen) return;
    let isCurrent = true;
    const theme = getComputedStyle(document.documentElement).colorScheme === "dark" ? "dark" : "light";
    void remembered(`${version} ${theme}`, () => latestLoad.current(), theme).then((drawnUrl) => {
      if (isCurrent) setUrl(drawnUrl);
    });
    return () => {
      isCurrent = false;
    };
  }, [isSeen, version, themeVersion]);

  return (
    <span ref={frame} className={styles["thumbnail"]}>
      {url !== null && <img src={url} alt="" draggable={false} />}
    </span>
  );
}
