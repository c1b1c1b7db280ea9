/** A command typed on a page: from the message with Enter to the answer and the next prompt, server time alone. */
import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import { createLiveCluster } from '../../server/clusters/live-cluster.ts'
import { createTimeline } from '../../server/clusters/timeline.ts'
import type { ServerMessage } from '../../server/protocol.ts'
import type { Bench } from './bench.ts'

interface Page {
  readonly type: (line: string) => Promise<void>
}

function openPage(): Page {
  const spec = workspaceSpec('home', 'bench')
  if (!spec) throw new Error('There is no home workspace.')
  const cluster = prepareCluster(spec, { seed: 'bench', startTime: Date.now() })
  const live = createLiveCluster(
    cluster,
    { ...spec, workspace: 'home', seed: '' },
    undefined,
    { changed: () => undefined, now: async () => undefined },
    createTimeline(1, []),
  )
  let arrived: () => void = () => undefined
  /** The last line is a prompt, colours and all. */
  const prompt = /[$#] [^\n]*$/
  const take = (message: ServerMessage) => {
    if (message.type === 'output' && prompt.test(message.data)) arrived()
    return true
  }
  const member = live.join({ type: 'hello', workspace: 'home', locale: 'en', columns: 120, rows: 30 }, take)
  return {
    type: (line) =>
      new Promise((resolve) => {
        arrived = resolve
        member.message({ type: 'input', terminal: 1, data: `${line}\r` })
      }),
  }
}

let page: Page | undefined
const prepare = async (): Promise<Page> => {
  if (page) return page
  page = openPage()
  await page.type('true')
  return page
}

export const benches: readonly Bench[] = [
  {
    name: 'kubectl get svc, typed',
    limit: 10,
    runs: 100,
    prepare,
    run: ({ type }: Page) => type('kubectl get svc'),
  },
  {
    name: 'curl a closed node port, typed',
    runs: 50,
    prepare,
    run: ({ type }: Page) => type('curl -s http://192.168.1.2:30999'),
  },
]
