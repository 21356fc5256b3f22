import type { JsonObject } from './json-text.ts';
import type { StoredEvent } from './stored-event.ts';

/** An event with its children, in order of their start. */
export interface TreeNode {
  readonly event: StoredEvent;
  readonly children: TreeNode[];
}

/**
 * The events of one session as a tree. Events whose parent is unknown hang off the root; so do those of a cycle,
 * which no tree can hold otherwise. Source: contract section 2.3.
 *
 * @param events all events of the session, the root among them, by start time
 * @returns null when the root is missing
 */
export function buildTree(events: readonly StoredEvent[]): TreeNode | null {
  const nodes = new Map<string, TreeNode>(
    events.map((event) => [event.eventId, { event, children: [] }]),
  );
  const root = events.find((event) => event.eventId === event.sessionId);
  const rootNode = root && nodes.get(root.eventId);
  if (!rootNode) return null;
  const attached = new Set<string>([rootNode.event.eventId]);
  for (const node of nodes.values()) {
    if (node === rootNode) continue;
    const parent = findParent(node, nodes, rootNode, attached);
    parent.children.push(node);
    attached.add(node.event.eventId);
  }
  return rootNode;
}

function findParent(
  node: TreeNode,
  nodes: ReadonlyMap<string, TreeNode>,
  root: TreeNode,
  attached: ReadonlySet<string>,
): TreeNode {
  const parent = node.event.parentId === null ? undefined : nodes.get(node.event.parentId);
  if (!parent) return root;
  if (attached.has(parent.event.eventId)) return parent;
  // The parent comes later. It may only become one if walking up from it does not lead back here.
  const seen = new Set<string>([node.event.eventId]);
  let above: TreeNode | undefined = parent;
  while (above && above !== root && !attached.has(above.event.eventId)) {
    if (seen.has(above.event.eventId)) return root;
    seen.add(above.event.eventId);
    above = above.event.parentId === null ? undefined : nodes.get(above.event.parentId);
  }
  return parent;
}

/** The tree as it is sent, with every node made by `toWire`. Iterative: depth is up to the sender. */
export function treeToWire(root: TreeNode, toWire: (event: StoredEvent) => JsonObject): JsonObject {
  const make = (node: TreeNode) => ({ ...toWire(node.event), children: [] as JsonObject[] });
  const top = make(root);
  const open = [{ node: root, wire: top }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of next.node.children) {
      const wire = make(child);
      next.wire.children.push(wire);
      open.push({ node: child, wire });
    }
  }
  return top;
}
