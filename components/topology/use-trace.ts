'use client'
import { useMemo, useState } from 'react'
import type { TopologyView, TraceView } from '../../server/protocol.ts'
import type { PacketState } from './diagram.tsx'
import { type Layout, machineId } from './layout.ts'
import { type Stop, sameWay, traceStops } from './trace-path.ts'
import { useWalk } from './use-walk.ts'

/** The walk of the last request over the drawing: how far it has come, and where its packet stands. */
export function useTrace(trace: TraceView | undefined, view: TopologyView | undefined, layout: Layout | undefined) {
  const walks = useWalkNumber(trace)
  const { start, stops } = useMemo(
    () => (trace ? traceStops(trace, view, layout) : { start: undefined, stops: [] }),
    [trace, view, layout],
  )
  const walk = useWalk(walks, stops.length, walks === 0)
  const stop = walk.step === 0 ? undefined : stops[walk.step - 1]
  const failed = stop !== undefined && stop.hop.verdict !== 'pass' && stop.hop.verdict !== 'answered'
  const over = walk.step >= stops.length && !failed && !walk.playing
  const packet: PacketState | undefined = trace && !over ? { shape: stop?.shape ?? start, dead: failed } : undefined
  const way = useMemo(() => wayOf(start, stops), [start, stops])
  return { walk, packet, way }
}

/** Counts the walks there are to take: a request that went the way of the last one is not walked again. */
function useWalkNumber(trace: TraceView | undefined): number {
  const [walked, setWalked] = useState<{ trace: TraceView | undefined; count: number }>({ trace: undefined, count: 0 })
  if (trace !== walked.trace)
    setWalked({ trace, count: sameWay(trace, walked.trace) ? walked.count : walked.count + 1 })
  return walked.count
}

/**
 * Everything a request passed that lines are drawn between: a node is often known only from what kube-proxy did on it,
 * and one that only passes packets on to its Pods stands at none.
 */
function wayOf(start: string | undefined, all: readonly Stop[]): ReadonlySet<string | undefined> {
  const stops = all.filter(({ hop }) => hop.code !== 'route-pod-network')
  const nodes = stops.flatMap(({ hop }) => (typeof hop.params.node === 'string' ? [machineId(hop.params.node)] : []))
  return new Set([start, ...nodes, ...stops.map((stop) => stop.shape)])
}
