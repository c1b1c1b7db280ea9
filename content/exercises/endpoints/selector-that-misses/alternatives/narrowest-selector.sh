kubectl set selector service ${app} role=${role}
