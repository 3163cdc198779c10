"""The names of Contact Lens rules, function language 2022-11-25, and what they are called here.

Source: Amazon Connect API reference, OnPostCallAnalysisAvailable, OnRealTimeCallAnalysisAvailable.
"""

from collections.abc import Mapping

VERSION = "2022-11-25"
POST_CALL = "$.ContactLens.PostCall."
REAL_TIME = "$.ContactLens.RealTimeCall."
PREFIXES = (POST_CALL, REAL_TIME)
EVENTS: Mapping[str, str] = {
    POST_CALL: "OnPostCallAnalysisAvailable",
    REAL_TIME: "OnRealTimeCallAnalysisAvailable",
}

EXACT = "ExactMatch.Transcript"
PATTERN = "PatternMatch.Transcript"
SEMANTIC = "SemanticMatch.Transcript"
LEAST = "NumberGreaterOrEqualTo"
MOST = "NumberLessOrEqualTo"

ATTRIBUTES: Mapping[str, str] = {
    "Agent.AgentId": "agent",
    "Agent.HierarchyGroup.ARN": "agent_hierarchy",
    "Agent.RoutingProfile": "routing_profile",
    "Queue.QueueId": "queue",
    "InitiationMethod": "initiation_method",
}
"""What is known before a call, by its name there, and as an attribute here."""
CONTACT_ATTRIBUTE = "ContactAttribute."
SEGMENT_ATTRIBUTE = "SegmentAttributes.UserDefined."
SEGMENT = "segment_"
"""How the attributes of a segment begin here."""
LIVE_VALUES = (EXACT, PATTERN, "Agent.AgentId", "Queue.QueueId", CONTACT_ATTRIBUTE)
"""What can be asked while a call goes on; a name that ends with a dot begins others."""
NEVER_NEGATED = ("Agent.", "Queue.", "InitiationMethod")
"""What takes no `Negate` after a call."""

METRICS: Mapping[str, str] = {
    "NonTalkTime.TotalTimeSecs": "non_talk",
    "NonTalkTime.LongestTimeSecs": "longest_non_talk",
    "Agent.CustomerHoldDurationSecs": "hold",
}
"""Measures of a call, in seconds on both sides."""
TALK_TIME = "TalkTime.TotalTimeSecs"
"""It is the agent's or the customer's, by its filter."""
