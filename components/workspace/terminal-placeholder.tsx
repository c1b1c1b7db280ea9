/** The terminal's frame, drawn by the server: same bars, same height, nothing moves when the real one arrives. */
export function TerminalPlaceholder() {
  return (
    <div className="flex h-full flex-col bg-term-paper" aria-hidden="true">
      <div className="h-10 border-b border-line bg-surface" />
    </div>
  )
}
