/** What an exercise or lesson breaks before the learner arrives, beyond what its manifests say. */
import { z } from 'zod'
import type { Cluster, Machine } from '../emulator/index.ts'
import { collectionPath } from './checks/read.ts'

/** A machine's name, or the variable that has it. */
const machine = z.enum(['controlplane', 'node01', 'node02']).or(z.string().regex(/^\$\{\w+\}$/))
const unit = z.enum(['kubelet', 'containerd', 'kube-proxy'])
const path = z.string().startsWith('/')

/** One fault; docs/authoring.md has an example of each. */
export const faultSchema = z.union([
  z.strictObject({ powerOff: machine }),
  z.strictObject({ stop: unit, on: machine }),
  z.strictObject({ restart: unit, on: machine }),
  z.strictObject({ remove: path, on: machine }),
  z.strictObject({ makeDirectory: path, on: machine }),
  z.strictObject({ write: path, on: machine, text: z.string() }),
  z.strictObject({ replace: path, on: machine, from: z.string().min(1), to: z.string() }),
  z.strictObject({
    patch: z.string(),
    name: z.string(),
    namespace: z.string().default('default'),
    with: z.record(z.string(), z.unknown()),
  }),
])
export type Fault = z.infer<typeof faultSchema>

/** Long enough for a node controller to give a silent node up, and for a control plane to notice a manifest. */
const NOTICED_MS = 60_000

/** Sets the faults in their order and lets a minute pass. A fault that cannot be set is its author's mistake and throws. */
export function setFaults(cluster: Cluster, faults: readonly Fault[]): void {
  for (const fault of faults) setFault(cluster, fault)
  if (faults.length > 0) cluster.run(NOTICED_MS)
}

function setFault(cluster: Cluster, fault: Fault): void {
  if ('powerOff' in fault) cluster.setPower(fault.powerOff, false)
  else if ('stop' in fault) cluster.setUnit(fault.on, fault.stop, 'stopped')
  else if ('restart' in fault) {
    cluster.setUnit(fault.on, fault.restart, 'stopped')
    cluster.setUnit(fault.on, fault.restart, 'running')
  } else if ('patch' in fault) patch(cluster, fault)
  else changeFile(machineNamed(cluster, fault.on), fault)
}

function changeFile({ files, name }: Machine, fault: Extract<Fault, { readonly on: string }>): void {
  if ('write' in fault) files.write(fault.write, fault.text)
  else if ('makeDirectory' in fault) files.makeDirectory(fault.makeDirectory)
  else if ('remove' in fault) files.remove(fault.remove)
  else if ('replace' in fault) {
    const text = files.read(fault.replace)
    if (text?.includes(fault.from) !== true) throw new Error(`${fault.replace} on ${name} has no ${fault.from}`)
    files.write(fault.replace, text.replaceAll(fault.from, fault.to))
  }
}

function machineNamed(cluster: Cluster, name: string): Machine {
  const found = cluster.machine(name)
  if (found === undefined) throw new Error(`no machine ${name}`)
  return found
}

function patch(cluster: Cluster, fault: Extract<Fault, { readonly patch: string }>): void {
  const response = cluster.request({
    method: 'PATCH',
    path: `${collectionPath(cluster, fault.patch, fault.namespace)}/${fault.name}`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify(fault.with),
  })
  if (response.status >= 300) throw new Error(`patch refused: ${JSON.stringify(response.body)}`)
}
