import type { NetworkProgram, Run } from '../../node/programs/program.ts'
import { dial } from '../clients/dial.ts'

/** A question that the command line tools ask their own node. */
interface Question {
  /** What it says while it asks, and then. */
  said(node: string): readonly string[]
}

const QUESTIONS: ReadonlyMap<string, Question> = new Map<string, Question>([
  ['ping', { said: () => ['Ping succeeded'] }],
  ['status', { said: (node) => [`Status of node ${node} ...`, 'Runtime', '', 'OS PID: 1', 'OS: Linux'] }],
  [
    'check_running',
    {
      said: (node) => [
        `Checking if RabbitMQ is running on node ${node} ...`,
        `RabbitMQ on node ${node} is fully booted and running`,
      ],
    },
  ],
  ['check_local_alarms', { said: (node) => [`Node ${node} reported no local alarms`] }],
  [
    'check_port_connectivity',
    {
      said: (node) => [
        `Testing TCP connections to all active listeners on node ${node} ...`,
        `Successfully connected to ports 5672 on node ${node}.`,
      ],
    },
  ],
  ['list_queues', { said: () => ['Timeout: 60.0 seconds ...', 'Listing queues for vhost / ...'] }],
  ['list_users', { said: () => ['Listing users ...', 'user\ttags', 'guest\t[administrator]'] }],
  ['cluster_status', { said: (node) => [`Cluster status of node ${node} ...`, 'Basics', '', `Cluster name: ${node}`] }],
])

const tool = (name: string): NetworkProgram => ({
  name,
  summary: 'ask the RabbitMQ node of this Pod',
  *run(process): Run {
    const words = process.argv.slice(1).filter((word) => !word.startsWith('-'))
    const question = QUESTIONS.get(words[0] ?? '')
    const node = `rabbit@${process.hostname}`
    if (question === undefined) {
      const known = [...QUESTIONS.keys()].join(', ')
      process.err(`${name}: this command is not emulated; try ${known}\n`)
      return 64
    }
    const dialled = yield* dial(process, '127.0.0.1', 5672, '')
    if (dialled.kind !== 'answered') {
      process.err(
        `Error: unable to perform an operation on node '${node}'. Please see diagnostics information and suggestions below.\n`,
      )
      return 69
    }
    const quiet = process.argv.includes('-q') || process.argv.includes('--quiet')
    for (const line of quiet ? [] : question.said(node)) process.out(`${line}\n`)
    return 0
  },
})

/** `rabbitmq-diagnostics -q ping` and its like. */
export const rabbitTools: readonly NetworkProgram[] = ['rabbitmq-diagnostics', 'rabbitmqctl'].map(tool)
