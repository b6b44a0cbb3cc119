interface LogoProps {
  size?: number
}

/** The mark: a journey that ends in a known point. */
export function Logo({ size = 24 }: LogoProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="9" fill="#5650c9" />
      <path
        d="M7 22.5c4.2 0 4.6-13 9-13s4.4 8 8.2 8"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
      <circle cx="25" cy="17.5" r="2.5" fill="#fff" />
    </svg>
  )
}
