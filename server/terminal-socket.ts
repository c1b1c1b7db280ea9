import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { createAllowance } from './allowance.ts'
import type { ClusterService } from './clusters/seam.ts'
import { learnerToken } from './cookie.ts'
import { type Learner, learnerOf } from './data/session.ts'
import { isOwnOrigin } from './origin.ts'
import { type ClientMessage, clientMessage, type ServerMessage } from './protocol.ts'
import type { Settings } from './settings.ts'

const PATH = '/ws/workspace'
const MAXIMUM_MESSAGE_BYTES = 4 << 20
/** Above this much unsent data a page is too slow: it gets nothing more until it caught up. */
const BACKLOG_BYTES = 1 << 20
const PING_MS = 25_000
const SOCKETS_PER_LEARNER = 20

/** The WebSocket that terminals and the topology live on. */
export interface TerminalSocket {
  /** Takes the socket if its path is ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  close(): void
}

/** Lets pages of our own origin with a learner's cookie join workspaces. */
export function createTerminalSocket(
  clusters: ClusterService,
  settings: Pick<Settings, 'trustProxy' | 'allowedOrigins'>,
): TerminalSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE_BYTES })
  const open = new Map<string, number>()
  return {
    upgrade(request, socket, head) {
      if (request.url?.split('?')[0] !== PATH) return false
      socket.on('error', () => socket.destroy())
      admit(request, settings)
        .then((learner) => {
          if (typeof learner === 'string') return refuse(socket, learner)
          const count = open.get(learner.id) ?? 0
          if (count >= SOCKETS_PER_LEARNER) return refuse(socket, '429 Too Many Requests')
          sockets.handleUpgrade(request, socket, head, (page) => {
            open.set(learner.id, (open.get(learner.id) ?? 0) + 1)
            page.on('close', () => {
              const left = (open.get(learner.id) ?? 1) - 1
              if (left > 0) open.set(learner.id, left)
              else open.delete(learner.id)
            })
            serve(page, learner, clusters)
          })
        })
        .catch((error: unknown) => {
          console.error(error)
          socket.destroy()
        })
      return true
    },
    close() {
      for (const page of sockets.clients) page.close(1012, 'the server restarts')
      sockets.close()
    },
  }
}

async function admit(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustProxy' | 'allowedOrigins'>,
): Promise<Learner | string> {
  if (!isOwnOrigin(request, settings)) return '403 Forbidden'
  return (await learnerOf(learnerToken(request.headers.cookie))) ?? '401 Unauthorized'
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** A page does not try again after 1008 (policy); it does after 1011 (our fault) and 1013 (later). */
const CLOSE_CODES = {
  'not-found': 1008,
  'bad-message': 1008,
  unauthorised: 1008,
  overloaded: 1013,
  internal: 1011,
} as const

/** One page: says hello, then talks to one workspace until it goes. */
function serve(page: WebSocket, learner: Learner, clusters: ClusterService): void {
  type Member = Awaited<ReturnType<ClusterService['join']>>
  let member: Promise<Member> | undefined
  const allowance = createAllowance({ burst: 400, perSecond: 200 })
  const tell = (message: ServerMessage) => page.send(JSON.stringify(message))
  const fail = (code: Extract<ServerMessage, { type: 'error' }>['code'], detail?: string) => {
    tell({ type: 'error', code, ...(detail && { detail }) })
    page.close(CLOSE_CODES[code], code)
  }
  const send = (message: ServerMessage): boolean => {
    if (page.readyState !== page.OPEN) return false
    if (page.bufferedAmount > BACKLOG_BYTES) return false
    page.send(JSON.stringify(message), () => {
      if (page.bufferedAmount === 0) member?.then((joined) => joined.drained()).catch(() => undefined)
    })
    return true
  }
  page.on('message', (raw, isBinary) => {
    if (page.readyState !== page.OPEN) return
    if (!allowance.take()) return fail('overloaded', 'too many messages')
    const message = isBinary ? undefined : parse(raw)
    if (!message) return fail('bad-message')
    if (message.type !== 'hello') {
      if (!member) return fail('bad-message', 'say hello first')
      return void member.then((joined) => pass(joined, message)).catch(() => undefined)
    }
    if (member) return fail('bad-message', 'hello was said already')
    member = clusters.join({ learnerId: learner.id, workspace: message.workspace }, message, send)
    member.catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'not-found' || code === 'overloaded') return fail(code, (error as Error).message)
      console.error(error)
      fail('internal')
    })
  })
  keepAlive(page)
  page.on('error', () => page.terminate())
  page.on('close', () => {
    member?.then((joined) => joined.leave()).catch(() => undefined)
  })
}

/** A fault while a message is served is ours: logged, and the page goes on. */
function pass(joined: Awaited<ReturnType<ClusterService['join']>>, message: ClientMessage): void {
  try {
    joined.message(message)
  } catch (error) {
    console.error('A message met a fault:', error)
  }
}

function parse(raw: RawData) {
  try {
    return clientMessage.safeParse(JSON.parse(String(raw))).data
  } catch {
    return undefined
  }
}

/** Ends a connection whose other side is gone without a word. */
function keepAlive(page: WebSocket): void {
  let answered = true
  page.on('pong', () => {
    answered = true
  })
  const timer = setInterval(() => {
    if (!answered) return page.terminate()
    answered = false
    page.ping()
  }, PING_MS)
  page.on('close', () => clearInterval(timer))
}
