import { describe, expect, it } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { decodeReplies } from './protocol.ts'

const redisAt = (lab: Lab, recipe: Partial<Parameters<Lab['pod']>[0]> = {}) =>
  lab.pod({ name: 'redis', image: 'redis', labels: { app: 'redis' }, ...recipe })
const texts = (container: { logs: readonly { text: string }[] }) => container.logs.map(({ text }) => text)

describe('the Redis image', () => {
  it('logs its start, answers redis-cli and keeps values of all types', () => {
    const redis = redisAt(new Lab())
    const cli = (...words: readonly string[]) => redis.run(['redis-cli', '--no-raw', ...words]).output
    expect(texts(redis).at(-1)).toMatch(/^1:M 21 Nov 2026 00:30:00\.000 \* Ready to accept connections tcp$/)
    expect(redis.run(['redis-cli', 'ping'])).toMatchObject({ output: 'PONG\n', exitCode: 0 })
    expect([cli('SET', 'a', 'two words'), cli('get', 'a'), cli('get', 'b')]).toEqual([
      'OK\n',
      '"two words"\n',
      '(nil)\n',
    ])
    expect([cli('incr', 'n'), cli('incrby', 'n', '4'), cli('incr', 'a')]).toEqual([
      '(integer) 1\n',
      '(integer) 5\n',
      '(error) ERR value is not an integer or out of range\n',
    ])
    expect([cli('rpush', 'l', 'x', 'y'), cli('lrange', 'l', '0', '-1'), cli('get', 'l')]).toEqual([
      '(integer) 2\n',
      '1) "x"\n2) "y"\n',
      '(error) WRONGTYPE Operation against a key holding the wrong kind of value\n',
    ])
    expect([cli('hset', 'h', 'f', '1'), cli('hgetall', 'h'), cli('dbsize'), cli('keys', '?')]).toEqual([
      '(integer) 1\n',
      '1) "f"\n2) "1"\n',
      '(integer) 4\n',
      '1) "a"\n2) "n"\n3) "l"\n4) "h"\n',
    ])
    expect([cli('nosuch', 'x'), cli('get')]).toEqual([
      "(error) ERR unknown command 'nosuch', with args beginning with: 'x' \n",
      "(error) ERR wrong number of arguments for 'get' command\n",
    ])
    expect(redis.run(['sh', '-c', 'redis-cli get a']).output).toBe('two words\n')
  })

  it('forgets keys whose time is over, and what it held is part of a snapshot', () => {
    const lab = new Lab()
    const redis = redisAt(lab)
    redis.run(['redis-cli', 'set', 'soon', 'gone', 'EX', '10'])
    redis.run(['redis-cli', 'set', 'kept', 'here'])
    expect(redis.run(['redis-cli', 'ttl', 'soon']).output).toBe('10\n')
    lab.run(11_000)
    expect(redis.run(['redis-cli', 'get', 'soon']).output).toBe('\n')
    const again = new Lab()
    again.runtime.restore(JSON.parse(JSON.stringify(lab.runtime.snapshot())))
    again.pods.push(...lab.pods)
    expect(again.runtime.get('uid-redis', 'main')?.run(['redis-cli', 'get', 'kept']).output).toBe('here\n')
  })

  it('writes its file when it is stopped, and says so', () => {
    const lab = new Lab()
    const redis = redisAt(lab)
    redis.run(['redis-cli', 'set', 'a', '1'])
    lab.runtime.stop(redis.id, 30_000)
    lab.run(200)
    expect(redis.state).toMatchObject({ kind: 'exited', exitCode: 0 })
    expect(texts(redis).slice(-4)).toEqual([
      expect.stringMatching(/\* User requested shutdown\.\.\.$/),
      expect.stringMatching(/\* Saving the final RDB snapshot before exiting\.$/),
      expect.stringMatching(/\* DB saved on disk$/),
      expect.stringMatching(/# Redis is now ready to exit, bye bye\.\.\.$/),
    ])
    expect(redis.files.read('/data/dump.rdb')).toContain('"a"')
  })

  it('is reached over the network, and says why not', () => {
    const lab = new Lab()
    lab.clusterDns()
    redisAt(lab)
    const client = redisAt(lab, { name: 'client', labels: {}, command: ['sleep', '3600'] })
    lab.service('redis', { clusterIP: '10.96.1.1', selector: { app: 'redis' }, ports: [{ port: 6379 }] })
    lab.service('wrong', {
      clusterIP: '10.96.1.2',
      selector: { app: 'redis' },
      ports: [{ port: 6379, targetPort: 80 }],
    })
    const ping = (host: string) => client.run(['redis-cli', '-h', host, 'ping'])
    expect(ping('redis').output).toBe('PONG\n')
    expect(ping('wrong')).toMatchObject({
      output: 'Could not connect to Redis at wrong:6379: Connection refused\n',
      exitCode: 1,
    })
    expect(ping('nosuch').output).toBe('Could not connect to Redis at nosuch:6379: Name or service not known\n')
  })

  it('goes by its file and its arguments: port, password, memory', () => {
    const lab = new Lab()
    const args = [
      '--port',
      '6380',
      '--requirepass',
      'secret',
      '--maxmemory',
      '2mb',
      '--maxmemory-policy',
      'allkeys-lru',
    ]
    const redis = redisAt(lab, { args })
    const cli = (...words: readonly string[]) => redis.run(['redis-cli', '-p', '6380', ...words]).output
    expect(redis.run(['redis-cli', 'ping']).output).toBe(
      'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
    )
    expect(cli('ping')).toBe('NOAUTH Authentication required.\n')
    expect(cli('-a', 'wrong', '--no-auth-warning', 'ping')).toContain(
      'AUTH failed: WRONGPASS invalid username-password',
    )
    expect(cli('-a', 'secret', 'config', 'get', 'maxmemory*')).toContain(
      'maxmemory\n2097152\nmaxmemory-policy\nallkeys-lru\nmaxmemory-samples\n',
    )
  })

  it('does not start with a configuration that it cannot read', () => {
    const lab = new Lab()
    const wrong = redisAt(lab, { args: ['--maxmemry', '2mb'] })
    lab.run(100)
    expect(wrong.state).toMatchObject({ kind: 'exited', exitCode: 1 })
    expect(texts(wrong).join('\n')).toContain(
      "*** FATAL CONFIG FILE ERROR (Redis 8.2.2) ***\nReading the configuration file, at line 1\n>>> 'maxmemry 2mb'\nBad directive or wrong number of arguments",
    )
    const missing = redisAt(lab, { name: 'missing', args: ['/etc/redis.conf'] })
    expect(texts(missing)[0]).toContain(
      "# Fatal error, can't open config file '/etc/redis.conf': No such file or directory",
    )
  })
})

it.each(['[{"a":1}]', 'nonsense', '[["a",{"type":"string","items":[1]}]]'])(
  'a dump %s is spoilt, and the server ends',
  (text) => {
    const lab = new Lab()
    const redis = redisAt(lab, {
      command: ['sh', '-c', `echo 'REDIS0012${text}' > /data/dump.rdb; redis-server`],
    })
    lab.run(200)
    expect(texts(redis).at(-1)).toMatch(/ # Short read or OOM loading DB\. Unrecoverable error, aborting now\.$/)
    expect(redis.state).toMatchObject({ kind: 'exited', exitCode: 1 })
  },
)

describe('replies of a server that is none', () => {
  it.each([
    [
      'an array longer than the text',
      '*4000000000\r\n:1\r\n',
      [{ kind: 'array', items: [{ kind: 'integer', value: 1 }] }],
    ],
    ['a text longer than what came', '$4000000000\r\nabc', [{ kind: 'bulk', text: 'abc' }]],
    [
      'no number',
      '*x\r\n$x\r\n',
      [
        { kind: 'array', items: [] },
        { kind: 'bulk', text: '' },
      ],
    ],
  ])('%s ends with the text', (_, text, replies) => {
    expect(decodeReplies(text)).toEqual(replies)
  })
})
