'use client'
import { useEffect, useEffectEvent, useRef } from 'react'
import { focusTerminalEvent } from '../workspace/page-events.ts'
import { useSession } from '../workspace/provider.tsx'
import { controlCode } from './control-key.ts'
import type { createTerminal, DrawnTerminal } from './create-terminal.ts'
import { armedControl } from './key-row.tsx'

interface TerminalViewProps {
  readonly number: number
  readonly active: boolean
  readonly create: typeof createTerminal
  readonly label: string
  /** A line typed on the first empty prompt, waiting for Enter. */
  readonly prepared?: string | undefined
  readonly onLeave: () => void
}

/** One xterm. Hidden ones stay alive, so that their output and scroll position are kept. */
export function TerminalView({ number, active, create, label, prepared, onLeave }: TerminalViewProps) {
  const session = useSession()
  const element = useRef<HTMLDivElement>(null)
  const drawn = useRef<DrawnTerminal>(undefined)
  const leave = useEffectEvent(onLeave)

  useEffect(() => {
    if (!element.current) return
    const made = create(element.current, () => leave())
    drawn.current = made
    const { terminal } = made
    terminal.textarea?.setAttribute('aria-label', label)
    const size = made.fit() ?? { columns: 80, rows: 24 }
    terminal.onData((data) =>
      session.input(number, armedControl.take() && data.length === 1 ? controlCode(data) : data),
    )
    terminal.onResize(({ cols, rows }) => session.resize(number, { columns: cols, rows }))
    const prepare = prepared ? prepareLine(made, prepared, (data) => session.input(number, data)) : undefined
    const detach = session.attach(number, {
      write: (data) => terminal.write(data, prepare),
      clear: () => terminal.reset(),
    })
    session.start(size)
    const observer = new ResizeObserver(() => made.fit())
    observer.observe(element.current)
    void document.fonts?.ready.then(() => made.fit())
    return () => {
      observer.disconnect()
      detach()
      made.dispose()
    }
  }, [session, number, create, label, prepared])

  useEffect(() => {
    if (!active) return
    drawn.current?.fit()
    const focus = () => drawn.current?.terminal.focus()
    window.addEventListener(focusTerminalEvent, focus)
    return () => window.removeEventListener(focusTerminalEvent, focus)
  }, [active])

  useEffect(() => {
    if (!prepared) return
    // Enter on the page itself runs the prepared line; focus is the reader's until then.
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.target !== document.body) return
      // The same key must not reach the terminal a second time by the focus it just got.
      event.preventDefault()
      drawn.current?.terminal.focus()
      session.input(number, '\r')
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [session, number, prepared])

  return <div ref={element} className={`absolute inset-0 ${active ? '' : 'invisible'}`} aria-hidden={!active} />
}

/** Types the prepared line once, if the shell stands at an empty prompt when its first output has been drawn. */
function prepareLine(made: DrawnTerminal, line: string, type: (data: string) => void): () => void {
  let done = false
  return () => {
    if (done) return
    const buffer = made.terminal.buffer.active
    const written = buffer.getLine(buffer.baseY + buffer.cursorY)?.translateToString(true, 0, buffer.cursorX) ?? ''
    if (!/[$#]\s*$/.test(written)) return
    done = true
    type(line)
  }
}
