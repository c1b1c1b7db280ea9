import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import type { TerminalSession } from '../types.ts'

/** A learner's note as facts: what it types, and what the terminal prints. README.md says what each field means. */
export interface Note {
  readonly about: string
  /** Where the note's commands are typed; everybody is root there but on the laptop. */
  readonly machine: string
  readonly files?: { readonly [path: string]: string }
  /** What the note calls by a name or address of its own cluster, and the command that says what it is called here. */
  readonly 'stands-for'?: { readonly [named: string]: string }
  readonly steps: readonly NoteStep[]
}

/** One command line: as the note writes it, corrected, or presumed by it. */
export interface NoteStep {
  readonly note?: string
  readonly instead?: string
  readonly given?: string
  /** The machine that it is typed on, if not the note's. */
  readonly on?: string
  /** The values of what the note writes as `<name>`. */
  readonly with?: { readonly [placeholder: string]: string }
  /** Why the note is wrong, about the command or about what it shows. */
  readonly wrong?: string
  /** What the note shows, where that is not what is printed. */
  readonly shows?: string
  readonly prints?: string
  readonly code?: number
}

export interface Played {
  readonly step: NoteStep
  readonly line: string
  /** What has to be printed, with the cluster's own names and addresses put in. */
  readonly expected: string | undefined
  readonly printed: string
  readonly code: number
}

const START_TIME = Date.UTC(2026, 10, 20, 9)
const SETTLE_SECONDS = 60

/** Plays a note in a terminal of its own, from its first command to its last; the cluster comes to rest after each. */
export async function replayNote(name: string, note: Note): Promise<readonly Played[]> {
  const cluster = createCluster({ seed: name, startTime: START_TIME })
  const time = virtualTime(cluster)
  const sessions = new Map<string, TerminalSession>()
  const sessionOn = (machine: string): TerminalSession => {
    const user = machine === 'laptop' ? 'learner' : 'root'
    const session = sessions.get(machine) ?? createSession({ cluster, time, machine, user })
    sessions.set(machine, session)
    return session
  }
  const files = cluster.machine(note.machine)?.files
  const home = note.machine === 'laptop' ? '/home/learner' : '/root'
  for (const [path, text] of Object.entries(note.files ?? {})) files?.write(`${home}/${path}`, text)
  const played: Played[] = []
  for (const step of note.steps) {
    const meant = await meaning(note, step, sessionOn(note.machine))
    const line = meant(step.note ?? step.instead ?? step.given ?? '')
    const { stdout, stderr, code } = await sessionOn(step.on ?? note.machine).run(line)
    cluster.settle(SETTLE_SECONDS)
    const expected = step.prints === undefined ? undefined : meant(step.prints)
    played.push({ step, line, expected, printed: stdout + stderr, code })
  }
  for (const session of sessions.values()) session.dispose()
  return played
}

/** Puts in what the note's names and placeholders stand for here. */
async function meaning(note: Note, step: NoteStep, session: TerminalSession): Promise<(text: string) => string> {
  const told = `${step.note}${step.instead}${step.given}${step.prints}`
  const names = new Map(Object.entries(step.with ?? {}).map(([key, value]) => [`<${key}>`, value]))
  for (const [named, command] of Object.entries(note['stands-for'] ?? {})) {
    if (told.includes(named)) names.set(named, (await session.run(command)).stdout.trim())
  }
  return (text) => [...names].reduce((line, [name, value]) => line.replaceAll(name, value), text)
}

const FREE: readonly (readonly [RegExp, string])[] = [
  [/<age>/g, '(?:\\d+[smhd])+'],
  [/<ip>/g, '\\d+\\.\\d+\\.\\d+\\.\\d+'],
  [/<random>/g, '[a-z0-9]+'],
  [/<port>/g, '3[0-2]\\d{3}'],
  [/<any>/g, '\\S.*'],
]

/** Whether output is what a pattern says. `...` as a line of its own stands for any lines; columns may be wider. */
export function isAsPrinted(pattern: string, printed: string): boolean {
  const lines = squeezed(pattern).split('\n')
  const sources = lines.map((line) => {
    if (line === '...') return '(?:[^\\n]*\\n)*'
    const literal = line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return `${FREE.reduce((source, [name, free]) => source.replace(name, free), literal)}\\n`
  })
  return new RegExp(`^${sources.join('')}$`).test(`${squeezed(printed)}\n`)
}

function squeezed(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/ +$/gm, '')
    .trim()
}
