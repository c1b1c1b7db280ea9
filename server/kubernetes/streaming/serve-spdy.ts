import { type Carrier, SpdySession } from '../spdy/session.ts'
import type { ConnectionHandle, ConnectionOffer } from './messages.ts'
import { portStreams, processStreams, type StreamTaker } from './spdy-carriers.ts'

/** A connection's streams over SPDY, whatever carries its frames. */
export function serveSpdy(
  offer: ConnectionOffer,
  handle: ConnectionHandle,
  carrier: Carrier,
): { readonly session: SpdySession; drained(): void } {
  const session: SpdySession = new SpdySession(carrier, (stream) => taker.opened(stream))
  const finished = () => session.close()
  const taker: StreamTaker =
    offer.kind === 'ports' ? portStreams(handle, finished) : processStreams(offer, handle, finished)
  return { session, drained: () => taker.drained() }
}
