/**
 * Where React Flow believes that edges end. It measures elements of the classes `source` and `target` in every node that is
 * mounted and draws no edge without them; our routes do not use the place, so one element serves as both. React Flow's own
 * `Handle` would add four subscriptions a card.
 */
export function EdgeAnchor({ className }: { readonly className: string | undefined }) {
  return <span className={`source target ${className ?? ""}`} data-handlepos="right" aria-hidden="true" />;
}
