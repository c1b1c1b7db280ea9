import { describe, expect, it } from 'vitest'
import { createTypist } from '../testing/typist.ts'

const ROOM = { machine: 'controlplane', user: 'root', columns: 200, rows: 60 } as const

describe('clients of databases at a terminal', () => {
  it('redis-cli has a prompt that remembers its database, and shows values with their types', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl run db --image=redis; kubectl wait --for=condition=Ready pod/db\r')
    await typeUntil('kubectl exec -it db -- redis-cli\r', '127.0.0.1:6379>')
    await typeUntil('rpush l a b\r', '(integer) 2\n127.0.0.1:6379>')
    await typeUntil('lrange l 0 -1\r', '1) "a"\n2) "b"\n127.0.0.1:6379>')
    await typeUntil('select 2\r', '127.0.0.1:6379[2]>')
    await type('exit\r')
    expect(screen().split('\n').at(-1)).toBe('root@controlplane:~#')
  })

  it('mysql asks for the password, takes statements over several lines, and says goodbye', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl run db --image=mysql:8.0 --env=MYSQL_ROOT_PASSWORD=pw; sleep 15\r')
    await typeUntil('kubectl exec -it db -- mysql -uroot -p\r', 'Enter password:')
    await typeUntil('pw\r', 'mysql>')
    await typeUntil('create database shop;\r', 'Query OK, 1 row affected (0.01 sec)')
    await typeUntil('select\r', '->')
    await typeUntil('1;\r', '1 row in set (0.00 sec)')
    await type('exit\r')
    expect(screen()).toContain('| 1 |')
    expect(screen()).toContain('Bye\n')
  })

  it('kubectl run -it starts a client whose prompt is the Pod', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl run db --image=redis --expose --port=6379; kubectl wait --for=condition=Ready pod/db\r')
    await typeUntil('kubectl run cli -it --rm --restart=Never --image=redis -- redis-cli -h db\r', 'db:6379>')
    await typeUntil('ping\r', 'PONG\ndb:6379>')
    await type('exit\r')
    expect(screen()).toContain('pod "cli" deleted')
  })
})
