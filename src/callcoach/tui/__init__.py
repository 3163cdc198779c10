"""The screens: compose, bind keys, feed the session, draw its state; no rule about calls."""
