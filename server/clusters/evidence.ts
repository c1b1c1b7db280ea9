/** What a report on a task keeps of the learner's attempt: plain data, bounded. */
import { stripVTControlCharacters } from 'node:util'
import type { GradeReport } from '../../curriculum/types.ts'
import type { ClusterSnapshot } from '../../emulator/index.ts'
import type { SavedTerminal } from './saved-state.ts'

/** One terminal: the lines typed at its own prompt, and the end of what it showed, other machines' prompts included. */
export interface TerminalEvidence {
  readonly terminal: number
  readonly commands: readonly string[]
  readonly screen: string
}

export interface Evidence {
  /** Draws the attempt's values. */
  readonly seed: string
  readonly snapshot: ClusterSnapshot
  readonly terminals: readonly TerminalEvidence[]
  /** Missing where the grader itself failed. */
  readonly verdict: GradeReport | undefined
}

const BOUNDS = { commands: 300, commandLength: 1_000, screen: 20_000 } as const

/** The end of what each terminal saw, without colours. */
export function terminalEvidence(terminals: readonly SavedTerminal[]): readonly TerminalEvidence[] {
  return terminals.map(({ id, session, scrollback }) => ({
    terminal: id,
    commands: session.history.slice(-BOUNDS.commands).map((line) => line.slice(0, BOUNDS.commandLength)),
    screen: stripVTControlCharacters(scrollback).replaceAll('\r', '').slice(-BOUNDS.screen),
  }))
}
