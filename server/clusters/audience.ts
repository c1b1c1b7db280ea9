import type { ServerMessage } from '../protocol.ts'
import type { OutputBuffer } from './output-buffer.ts'
import { throttle } from './throttle.ts'

/** A page joined to a cluster. */
export interface Member {
  readonly send: (message: ServerMessage) => boolean
  /** Per terminal: the last character the page got. */
  readonly shown: Map<number, number>
  /** Messages that the page was too slow for; only the newest topology, trace, goals and steps are kept. */
  readonly waiting: Map<string, ServerMessage>
}

/** The pages joined to one cluster. Output is sent from the terminals' buffers, so a slow page costs no memory. */
export interface Audience {
  readonly size: number
  join(member: Member): void
  leave(member: Member): void
  /** To all, in order; to those who cannot take it now later, newest of a kind only. */
  tell(message: ServerMessage): void
  /** Sends what the buffers hold beyond what each page has, all at once a little later. */
  outputChanged(): void
  /** Sends one page what it lacks. */
  catchUp(member: Member): void
}

/** The first output goes at once, what follows within this time together. */
const GATHER_MS = 4

/** `buffers` gives every open terminal's output by number; `shownUpTo`, how far of it may be sent now. */
export function createAudience(
  buffers: () => Iterable<readonly [number, OutputBuffer]>,
  shownUpTo: (buffer: OutputBuffer) => number = (buffer) => buffer.end,
): Audience {
  const members = new Set<Member>()
  const offer = (member: Member, message: ServerMessage) => {
    if (member.waiting.size > 0 || !member.send(message)) member.waiting.set(waitingKey(message, member), message)
  }
  const sendOutput = (member: Member) => {
    for (const [terminal, buffer] of buffers()) {
      const news = buffer.after(member.shown.get(terminal) ?? 0, shownUpTo(buffer))
      if (!news) continue
      if (!member.send({ type: 'output', terminal, ...news })) return
      member.shown.set(terminal, news.seq)
    }
  }
  const catchUp = (member: Member) => {
    for (const [key, message] of member.waiting) {
      if (!member.send(message)) return
      member.waiting.delete(key)
    }
    sendOutput(member)
  }
  const gathered = throttle(GATHER_MS, () => {
    for (const member of members) catchUp(member)
  })
  return {
    get size() {
      return members.size
    },
    join: (member) => members.add(member),
    leave: (member) => members.delete(member),
    tell(message) {
      for (const member of members) offer(member, message)
    },
    outputChanged() {
      if (members.size > 0) gathered.request()
    },
    catchUp,
  }
}

const PICTURES: ReadonlySet<ServerMessage['type']> = new Set(['topology', 'trace', 'goals', 'goal', 'steps'])

/** Pictures replace each other; everything else is news of its own. */
function waitingKey(message: ServerMessage, member: Member): string {
  if (PICTURES.has(message.type)) return message.type
  return `${message.type}-${member.waiting.size}-${performance.now()}`
}
