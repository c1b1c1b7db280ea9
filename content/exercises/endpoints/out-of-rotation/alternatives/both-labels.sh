kubectl label pod ${app}-${suffix} app- tier- looked-at-by=me
