const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** "14:32" today, else "21 Nov 2026". */
export function shownTime(atMs: number): string {
  const at = new Date(atMs);
  if (Number.isNaN(at.getTime())) return "at an unknown time";
  return at.toDateString() === new Date().toDateString() ? timeOfDay.format(at) : day.format(at);
}

export function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}
