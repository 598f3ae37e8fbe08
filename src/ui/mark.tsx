/** The mark: two schools' roads that meet. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" fill="none" stroke="var(--mantine-color-anchor, #0e637a)" strokeWidth="2.6" strokeLinecap="round">
      <path d="M5 5.5C5 15 13 11 13 20.5M21 5.5C21 15 13 11 13 20.5" />
      <circle cx="5" cy="5" r="2.6" fill="var(--mantine-color-body, #fff)" />
      <circle cx="21" cy="5" r="2.6" fill="var(--mantine-color-body, #fff)" />
      <circle cx="13" cy="20.7" r="3" fill="var(--mantine-color-anchor, #0e637a)" />
    </svg>
  );
}

/** The first letters of the first and the last name. */
export const initials = (name: string) => {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase();
};
