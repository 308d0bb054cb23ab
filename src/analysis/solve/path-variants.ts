import type { LatencyLaw } from "../model/latency-law.ts";
import { blend } from "./outcome.ts";

/** One way through a program: the nodes that it visits, in order, its share of the answers, and its law when asked. */
export interface Variant {
  readonly share: number;
  readonly nodes: readonly number[];
  readonly law: () => LatencyLaw | null;
}

/** Runs `make` at the first call. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Shares scaled to add up to 1; equal node lists put together; the `most` − 1 most frequent kept, the rest one variant. */
export function tidy(variants: readonly Variant[], most: number): readonly Variant[] {
  const [only] = variants;
  if (only !== undefined && variants.length === 1 && only.share > 0)
    return only.share === 1 ? variants : [{ ...only, share: 1 }];
  const groups = new Map<string, Variant[]>();
  let total = 0;
  for (const variant of variants) {
    if (variant.share <= 0) continue;
    total += variant.share;
    const key = variant.nodes.join(",");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [variant]);
    else group.push(variant);
  }
  const merged = [...groups.values()].map((group) => putTogether(group, group[0]?.nodes ?? []));
  merged.sort((a, b) => b.share - a.share);
  const kept = merged.length > most ? [...merged.slice(0, most - 1), foldRest(merged.slice(most - 1))] : merged;
  return total === 1 ? kept : kept.map((variant) => ({ ...variant, share: variant.share / total }));
}

/** The rest as one: its nodes are those that all of them start with. */
function foldRest(rest: readonly Variant[]): Variant {
  const [first] = rest;
  let common = first?.nodes.length ?? 0;
  for (const { nodes } of rest) {
    let same = 0;
    while (same < common && nodes[same] === first?.nodes[same]) same++;
    common = same;
  }
  return putTogether(rest, first?.nodes.slice(0, common) ?? []);
}

function putTogether(group: readonly Variant[], nodes: readonly number[]): Variant {
  const [only] = group;
  if (only !== undefined && group.length === 1) return { ...only, nodes };
  return {
    share: group.reduce((sum, { share }) => sum + share, 0),
    nodes,
    law: once(() => {
      const parts = group.map(({ share, law }) => ({ weight: share, law: law() }));
      return parts.some(({ law }) => law === null) ? null : blend(parts);
    }),
  };
}
