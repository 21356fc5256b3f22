import type { StoredEvent } from './stored-event.ts';

/** An event with its children, in order of their start. */
export interface TreeNode {
  readonly event: StoredEvent;
  readonly children: TreeNode[];
}

/**
 * The events of one session as a tree. Events whose parent is unknown hang off the root; so do those of a cycle,
 * which no tree can hold otherwise. Source: docs/contract.md, "Trees".
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
  const parentOf = createParentFinder(nodes, rootNode);
  for (const node of nodes.values()) {
    if (node !== rootNode) parentOf(node).children.push(node);
  }
  return rootNode;
}

/**
 * Finds the parent of a node: its own, unless that is unknown or in a cycle. Nodes known to lead to the root are
 * cached, so that a chain is walked once.
 */
function createParentFinder(
  nodes: ReadonlyMap<string, TreeNode>,
  root: TreeNode,
): (node: TreeNode) => TreeNode {
  const reachesRoot = new Set<TreeNode>([root]);
  const broken = new Set<TreeNode>();
  const named = ({ event }: TreeNode): TreeNode =>
    (event.parentId === null ? undefined : nodes.get(event.parentId)) ?? root;
  return (node) => {
    const path: TreeNode[] = [];
    const onPath = new Set<TreeNode>();
    let above = node;
    while (!reachesRoot.has(above) && !onPath.has(above)) {
      path.push(above);
      onPath.add(above);
      above = named(above);
    }
    // A cycle: the node that was met twice is cut loose and hangs off the root.
    if (!reachesRoot.has(above)) broken.add(above);
    for (const each of path) reachesRoot.add(each);
    return broken.has(node) ? root : named(node);
  };
}

/** How the events of a tree are sent. */
export interface TreeForm<Root extends object, Child extends object> {
  readonly root: (event: StoredEvent) => Root;
  readonly child: (event: StoredEvent) => Child;
}

/** An event as it is sent, with its children. */
export type Branch<Own extends object, Child extends object> = Own & {
  readonly children_ids: readonly string[];
  readonly children: Branch<Child, Child>[];
};

/** The tree as it is sent. Iterative: depth is up to the sender. */
export function treeToWire<Root extends object, Child extends object>(
  root: TreeNode,
  form: TreeForm<Root, Child>,
): Branch<Root, Child> {
  const top = toBranch<Root, Child>(root, form.root(root.event));
  const open = [{ node: root, children: top.children }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const node of next.node.children) {
      const branch = toBranch<Child, Child>(node, form.child(node.event));
      next.children.push(branch);
      open.push({ node, children: branch.children });
    }
  }
  return top;
}

const toBranch = <Own extends object, Child extends object>(
  node: TreeNode,
  own: Own,
): Branch<Own, Child> => ({ ...own, children_ids: childIdsOf(node), children: [] });

/** The ids that the event included, and those of the events that name it as their parent. */
function childIdsOf({ event, children }: TreeNode): readonly string[] {
  const own = children
    .filter((child) => child.event.parentId === event.eventId)
    .map((child) => child.event.eventId);
  return [...new Set([...event.childrenIds, ...own])];
}
