// Sets the remembered theme before the first paint. The rest of the theme is in src/ui/theme-choice.ts.
try {
  const theme = localStorage.getItem("plimsoll.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme is used.
}
