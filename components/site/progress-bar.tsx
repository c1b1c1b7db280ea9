interface ProgressBarProps {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly className?: string
}

/** How much of something is done. */
export function ProgressBar({ label, done, total, className = '' }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className={`h-1.5 overflow-hidden rounded-full bg-line ${className}`}
    >
      <div className="h-full rounded-full bg-accent" style={{ width: `${total ? (done / total) * 100 : 0}%` }} />
    </div>
  )
}
